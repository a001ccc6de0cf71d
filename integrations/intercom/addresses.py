"""Whether an IP address lies in the open internet. A second line behind the fixed hosts and TLS."""

from ipaddress import IPv6Address, ip_address, ip_network

# `ipaddress` calls these global although they carry an IPv4 address inside, or reach more than one host.
_WRAPPED = [
    ip_network(net) for net in ("::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96")
]


def is_public(address: str) -> bool:
    """Whether *address*, as a socket names its peer, is a plain public one."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv6Address) and (ip.scope_id or any(ip in net for net in _WRAPPED)):
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and not ip.is_unspecified
