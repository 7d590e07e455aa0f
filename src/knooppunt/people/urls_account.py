# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The account pages of allauth at addresses like all others: in Dutch, without trailing slash.

allauth looks its views up by these names.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.urls import path, re_path

from knooppunt.people import views

urlpatterns = [
    path("aanmelden", views.SignIn.as_view(), name="account_login"),
    path("afmelden", account.logout, name="account_logout"),
    path("account/nieuw", account.signup, name="account_signup"),
    path("account/gesloten", account.account_inactive, name="account_inactive"),
    path("account/opnieuw-aanmelden", account.reauthenticate, name="account_reauthenticate"),
    path("account/e-mail", account.email, name="account_email"),
    path("account/e-mail/gestuurd", account.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^account/e-mail/(?P<key>[-:\w]{1,200})$", account.confirm_email, name="account_confirm_email"),
    path("account/wachtwoord", account.password_change, name="account_change_password"),
    path("account/wachtwoord/kiezen", account.password_set, name="account_set_password"),
    path("account/wachtwoord/vergeten", account.password_reset, name="account_reset_password"),
    path("account/wachtwoord/gestuurd", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^account/wachtwoord/nieuw/(?P<uidb36>[0-9a-z]{1,13})-(?P<key>[-:\w]{1,200})$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "account/wachtwoord/nieuw",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("account/stap", mfa.index, name="mfa_index"),
    path("account/stap/aanmelden", mfa.authenticate, name="mfa_authenticate"),
    path("account/stap/opnieuw", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("account/stap/app", totp.activate_totp, name="mfa_activate_totp"),
    path("account/stap/app/uit", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/stap/codes", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/stap/codes/nieuw", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/stap/codes/bestand", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("account/koppelingen", social.connections, name="socialaccount_connections"),
    path("account/koppelingen/nieuw", social.signup, name="socialaccount_signup"),
    path("account/koppelingen/afgebroken", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("account/koppelingen/fout", social.login_error, name="socialaccount_login_error"),
]
# The provider knows one address to come back to, whatever the language.
machine_urlpatterns = [
    path("oidc/<slug:provider_id>/login", oidc.login, name="openid_connect_login"),
    path("oidc/<slug:provider_id>/callback", oidc.callback, name="openid_connect_callback"),
]
