# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What django-tasks leaves to its users: a lease that a dead worker cannot hold for ever, and mail that
waits outside the record of its task."""

from django.db import models


class Lease(models.Model):
    """A running task belongs to its worker until `expires`; the worker renews it while it lives."""

    task = models.OneToOneField("django_tasks_database.DBTaskResult", models.CASCADE, primary_key=True)
    worker = models.CharField(max_length=64)
    attempts = models.PositiveSmallIntegerField(default=0)
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.task_id} attempt {self.attempts}"


class Beat(models.Model):
    """When a periodic duty was last begun, so that many workers share one rhythm."""

    name = models.CharField(primary_key=True, max_length=200)
    due = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} due {self.due:%H:%M:%S}"


class Letter(models.Model):
    """A mail that waits to be sent. Retention: it goes when it was sent, or after three days."""

    to = models.EmailField()
    reply_to = models.EmailField(blank=True)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    written = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return f"letter {self.pk}"
