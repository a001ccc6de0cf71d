import pytest

from integrations.intercom.addresses import is_public


@pytest.mark.parametrize("address", ["3.5.7.9", "104.16.1.1", "2606:4700::1111"])
def test_a_plain_public_address_is_public(address: str):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "172.16.0.1",
        "169.254.169.254",
        "100.100.100.200",
        "224.0.0.1",
        "239.255.255.250",
        "0.0.0.0",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:169.254.169.254",
        "::ffff:3.5.7.9",
        "64:ff9b::7f00:1",
        "64:ff9b:1::7f00:1",
        "2002:7f00:1::",
        "2001::7f00:1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%eth0",
        "ff02::1",
        "localhost",
        "",
    ],
)
def test_everything_else_is_not(address: str):
    assert not is_public(address)
