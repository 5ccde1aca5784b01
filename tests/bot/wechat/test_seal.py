"""A token in the file is of no use without the account's secret."""

from hypothesis import given
from hypothesis import strategies as st

from bot.wechat.seal import digest, seal, unseal


@given(st.text(), st.text())
def test_what_is_sealed_is_unsealed_by_the_same_secret(secret: str, value: str) -> None:
    assert unseal(secret, seal(secret, value)) == value


@given(st.text(), st.text(), st.text())
def test_another_secret_unseals_nothing(secret: str, other: str, value: str) -> None:
    assert (unseal(other, seal(secret, value)) == value) is (secret == other)


@given(st.text(), st.integers(min_value=0), st.integers(1, 255))
def test_one_changed_byte_is_noticed(value: str, place: int, change: int) -> None:
    sealed = bytearray(seal("secret", value))
    sealed[place % len(sealed)] ^= change
    assert unseal("secret", bytes(sealed)) is None


@given(st.binary(max_size=64))
def test_bytes_that_were_never_sealed_are_nothing(damaged: bytes) -> None:
    assert unseal("secret", damaged) is None


def test_the_same_token_never_looks_the_same() -> None:
    assert seal("secret", "85_token") != seal("secret", "85_token")
    assert b"85_token" not in seal("secret", "85_token")


@given(st.text(), st.text())
def test_a_digest_tells_tokens_apart_and_does_not_hold_them(first: str, second: str) -> None:
    assert (digest(first) == digest(second)) is (first == second)
    assert len(digest(first)) == 32
