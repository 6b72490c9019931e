"""Whose request it is: proxies tell, and those are believed that the operator named."""

import ipaddress
import logging
from collections.abc import Iterable

from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from bot.web.asgi import App, Message, Receive, Send

_LOG = logging.getLogger(__name__)
# Who came through a proxy that is not believed: all of them are one, even where it is on this machine.
UNNAMED = "through a proxy"
_FORWARDING = frozenset(
    {
        b"forwarded",
        b"x-forwarded-for",
        b"x-forwarded-host",
        b"x-forwarded-port",
        b"x-forwarded-prefix",
        b"x-forwarded-proto",
        b"x-forwarded-server",
        b"x-real-ip",
    }
)
_BITS_BEFORE_IPV4 = 96
# One household has all addresses of such a network of IPv6.
_HOUSEHOLD_BITS = 64


class Proxies:
    """Networks of proxies that the operator trusts."""

    def __init__(self, networks: Iterable[str] = ()) -> None:
        self._networks = tuple(ipaddress.ip_network(network) for network in networks)

    @property
    def written(self) -> list[str]:
        """The networks, those of IPv4 also as they look on a socket for both kinds of addresses."""
        mapped = [
            f"::ffff:{network.network_address}/{_BITS_BEFORE_IPV4 + network.prefixlen}"
            for network in self._networks
            if network.version == 4
        ]
        return [str(network) for network in self._networks] + mapped

    def __contains__(self, address: str) -> bool:
        found = plain(address)
        return found is not None and any(found in network for network in self._networks)


class Forwarding:
    """ASGI middleware that puts the client in the proxy's place, where the proxy is believed.

    It is the last one in X-Forwarded-For that is no such proxy itself; the scheme comes from
    X-Forwarded-Proto. Nothing behind this sees any header of a proxy's.
    """

    def __init__(self, app: App, proxies: Proxies) -> None:
        self._app = app
        self._proxies = proxies
        self._believing: App = ProxyHeadersMiddleware(self._without, proxies.written)  # type: ignore[arg-type,assignment]
        self._warned = False

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass a request on as its client's."""
        client = scope.get("client")
        if scope["type"] != "http" or client is None:
            await self._app(scope, receive, send)
        elif client[0] in self._proxies:
            await self._believing(scope, receive, send)
        elif any(name in _FORWARDING for name, _ in scope["headers"]):
            await self._without(self._as_one(scope), receive, send)
        else:
            await self._app(scope, receive, send)

    async def _without(self, scope: Message, receive: Receive, send: Send) -> None:
        kept = [(name, value) for name, value in scope["headers"] if name not in _FORWARDING]
        await self._app({**scope, "headers": kept}, receive, send)

    def _as_one(self, scope: Message) -> Message:
        """Of this machine itself, which asks as often as it likes, are only those who name nobody else."""
        if not is_loopback(scope["client"][0]):
            return scope
        if not self._warned:
            self._warned = True
            _LOG.warning(
                "A proxy on this machine names its clients, but is not believed, so that all of them count as"
                " one address; name it with --trusted-proxy 127.0.0.1."
            )
        return {**scope, "client": (UNNAMED, 0)}


def is_loopback(address: str) -> bool:
    """Whether an address is this machine's own for itself; what is no address is not."""
    found = plain(address)
    return found is not None and found.is_loopback


def plain(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """An address without its zone, and as IPv4 where it stands for one; None for what is none."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return mapped or found


def household(address: str) -> str:
    """What stands for everyone behind an address: it alone, or its network of IPv6."""
    found = plain(address)
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, _HOUSEHOLD_BITS), strict=False))
    return address if found is None else str(found)
