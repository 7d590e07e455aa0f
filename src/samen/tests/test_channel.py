# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""TCP sessions on loopback: resuming, refusing, and ending everywhere in bounded time."""

import multiprocessing
import socket
import threading
import time

import numpy as np
import pytest

from samen.channel.frames import HEADER_BYTES, Header, Kind, parse
from samen.channel.tcp import Session, TcpChannel, listen
from samen.errors import DisagreementError, FrameError, PeerLostError
from samen.party import Party
from samen.protocols import arithmetic, compare, sort
from samen.runtime import run_processes, run_threads
from samen.tests import programs

from .tools import deal, rng

SESSION = Session(b"0123456789abcdef", "study 1")


class Trio:
    """Three parties in threads over TCP."""

    def __init__(self, sessions=(SESSION,) * 3, patience=5.0, wait=10.0, missing=()):
        listeners = [listen() for _ in range(3)]
        addresses = [listener.getsockname() for listener in listeners]
        for i in missing:
            listeners[i].close()
        self.present = [i for i in range(3) if i not in missing]
        self.channels = {
            i: TcpChannel(i, addresses, listeners[i], sessions[i], patience=patience, wait=wait)
            for i in self.present
        }
        self.addresses = addresses
        self.results, self.errors = {}, {}

    def run(self, program, *args):
        threads = [threading.Thread(target=self._work, args=(i, program, args)) for i in self.present]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert not any(thread.is_alive() for thread in threads)
        return self

    def _work(self, index, program, args):
        channel = self.channels[index]
        try:
            channel.start()
            self.results[index] = program(Party(index, channel), *args)
            channel.close()
        except Exception as error:
            self.errors[index] = error
            channel.close(f"{type(error).__name__}: {error}")


def _product(party):
    x, y = (dealt[party.index] for dealt in (deal(np.arange(300_000), 1), deal(np.arange(300_000), 2)))
    return arithmetic.open_all(party, arithmetic.multiply(party, x, y), "product")


def _check_product(trio):
    assert not trio.errors
    for result in trio.results.values():
        np.testing.assert_array_equal(result, np.arange(300_000, dtype=np.uint64) ** 2)


def test_three_parties_multiply():
    _check_product(Trio().run(_product))


def test_broken_connections_resume_with_identical_bytes():
    trio = Trio()

    def cut():
        for _ in range(6):
            time.sleep(0.05)
            for channel in trio.channels.values():
                for link in channel.links.values():
                    link.drop()

    def program(party):
        for _ in range(8):
            result = _product(party)
        return result

    cutter = threading.Thread(target=cut)
    cutter.start()
    trio.run(program)
    cutter.join()
    _check_product(trio)
    assert sum(link.resumed for c in trio.channels.values() for link in c.links.values()) > 0


def test_sockets_and_threads_are_gone_afterwards():
    before = threading.active_count()
    trio = Trio().run(_product)
    deadline = time.monotonic() + 5
    while threading.active_count() > before and time.monotonic() < deadline:
        time.sleep(0.02)
    assert threading.active_count() <= before
    for address in trio.addresses:
        with pytest.raises(OSError, match="refused"):
            socket.create_connection(address, timeout=1)


def test_a_party_that_never_comes_ends_the_start_in_bounded_time():
    begin = time.monotonic()
    trio = Trio(patience=0.5, missing=(0,)).run(_product)
    assert time.monotonic() - begin < 8
    assert set(trio.errors) == {1, 2}
    assert any(isinstance(e, PeerLostError) and "party 0" in str(e) for e in trio.errors.values())


@pytest.mark.parametrize(
    ("session", "text"),
    [
        (Session(b"0123456789abcdef", "study 2"), "another program or study file; compare"),
        (Session(b"fedcba9876543210", "study 1"), "another session; give all parties the same"),
    ],
)
def test_parties_that_disagree_all_end_with_the_cause(session, text):
    trio = Trio((SESSION, SESSION, session), patience=1.0).run(_product)
    assert set(trio.errors) == {0, 1, 2}
    assert text in " ".join(map(str, trio.errors.values()))


def test_another_version_is_refused(monkeypatch):
    from samen.channel import frames

    hello = SESSION.hello(1, 0).pack()
    monkeypatch.setattr(frames, "VERSION", 2)
    with pytest.raises(DisagreementError, match="speaks version 1, this party 2; install the same"):
        frames.parse_hello(hello, SESSION.hello(0, 0))


def test_an_error_at_one_party_reaches_all_with_its_reason():
    def program(party):
        if party.index == 1:
            raise ValueError("disk full")
        return _product(party)

    trio = Trio().run(program)
    assert set(trio.errors) == {0, 1, 2}
    assert "party 1 ended the run: ValueError: disk full" in str(trio.errors[0])


@pytest.mark.parametrize("runner", ["threads", "tcp"])
def test_tables_of_different_shape_are_named(runner):
    def program(party):
        n = 10 if party.index else 11
        x = party.random(n)
        return arithmetic.multiply(party, x, x)

    if runner == "threads":
        with pytest.raises(
            DisagreementError,
            match=r"sent 8[08] bytes in step 'multiply'.*expects 8[08]",
        ):
            run_threads(program)
    else:
        errors = Trio().run(program).errors
        assert set(errors) == {0, 1, 2}
        assert any("compare both and start again" in str(error) for error in errors.values())


def test_different_programs_are_named():
    def program(party):
        x = party.random(10)
        return compare.less(party, x, x) if party.index else arithmetic.multiply(party, x, x)

    with pytest.raises(
        DisagreementError, match="in step 'multiply', but here the program is in step 'negative'"
    ):
        run_threads(program)


def test_a_party_that_stops_early_is_named():
    def program(party):
        if party.index != 2:
            _product(party)
        return

    trio = Trio(patience=0.5).run(program)
    assert any("party 2 has finished its program" in str(error) for error in trio.errors.values())


def test_a_silent_party_is_given_up():
    def program(party):
        if party.index == 2:
            time.sleep(2.5)
        return _product(party)

    trio = Trio(wait=0.5).run(program)
    assert any("sent nothing for 0.5 s" in str(error) for error in trio.errors.values())


GOOD = Header(Kind.DATA, 8, 0).pack()


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"GET / HTTP/1.1\r\nHost: example\r\n\r\n"[:HEADER_BYTES], "no frame; something between"),
        (GOOD[:5] + b"\xff" + GOOD[6:], "no frame"),
        (Header(Kind.DATA, 1 << 40, 0).pack(), "at most 1073741824 are accepted"),
    ],
)
def test_garbled_and_oversized_frames(data, text):
    with pytest.raises(FrameError, match=text):
        parse(data, 1)


@pytest.mark.parametrize(
    "garbage", [b"x" * 500, Header(Kind.DATA, 1 << 40, 0).pack(), Header(Kind.DATA, 8, 99).pack()]
)
def test_garbage_on_a_connection_ends_the_run(garbage):
    def program(party):
        if party.index == 2:
            link = party.channel.links[1]
            with link._wire:
                link._socket.sendall(garbage + bytes(1000))
            time.sleep(0.3)
        return _product(party)

    trio = Trio(patience=1.0).run(program)
    assert set(trio.errors) == {0, 1, 2}
    assert any(isinstance(error, FrameError) for error in trio.errors.values())


def test_strangers_do_not_disturb_a_run():
    trio = Trio()
    for address in trio.addresses:
        with socket.create_connection(address) as stranger:
            stranger.sendall(b"GET / HTTP/1.1\r\n\r\n" + bytes(200))
    _check_product(trio.run(_product))


def test_real_processes_agree_with_numpy():
    key = rng(1).integers(0, 2**32, 2000)
    for result in run_processes(programs.sort_and_open, deal(key)):
        np.testing.assert_array_equal(result, np.sort(key))


def test_a_killed_process_ends_the_others():
    begin = time.monotonic()
    with pytest.raises(Exception, match="party 1"):
        run_processes(programs.die, 1, patience=1.0)
    assert time.monotonic() - begin < 40
    assert not multiprocessing.active_children()


def test_the_cause_of_a_failing_process_is_raised():
    with pytest.raises(ValueError, match="party 2 cannot read its table"):
        run_processes(programs.fail, 2)


def test_memory_parties_end_with_the_cause():
    def program(party):
        if party.index == 0:
            raise KeyError("age")
        return compare.less(party, party.random(3), party.random(3))

    with pytest.raises(KeyError):
        run_threads(program)


def test_rounds_are_those_of_the_docstrings():
    rounds = run_threads(
        lambda p: (arithmetic.multiply(p, p.random(200_000), p.random(200_000)), p.rounds)[1]
    )
    assert max(rounds) == 2  # one for agreeing keys, one for the product, however many chunks

    def order(party):
        sort.sort(party, [sort.number_key(party, party.random(100), 32)], [])
        return party.rounds

    assert max(run_threads(order)) < 60
