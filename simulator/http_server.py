"""An HTTP server on this machine, at a given or any free port."""

from aiohttp import web


async def listen(
    app: web.Application, host: str, port: int, *, attentive: bool = False
) -> tuple[web.AppRunner, web.TCPSite, str]:
    """Serve there; port 0 takes any that is free. Returns what is needed to stop, and the address.

    Attentive: nobody is served any longer who has given up and gone.
    """
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2, handler_cancellation=attentive)
    await runner.setup()
    site = web.TCPSite(runner, host, port)
    try:
        await site.start()
    except OSError:
        await runner.cleanup()
        raise
    bound, number = runner.addresses[0][:2]
    return runner, site, f"http://[{bound}]:{number}" if ":" in bound else f"http://{bound}:{number}"
