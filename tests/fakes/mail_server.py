"""A mail server on this machine that takes mail for some boxes and not for others; it says what it was asked."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def mail_server(*boxes: str) -> Iterator[tuple[tuple[str, int], list[str]]]:
    """Serve; give host and port, and the list of what was said to it."""
    heard: list[str] = []

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 here")
            for line in self.rfile:
                words = line.decode().strip()
                heard.append(words)
                if words.upper().startswith("RCPT"):
                    self._say("250 ok" if any(f"<{box}>" in words for box in boxes) else "552 mailbox full")
                else:
                    self._say("221 bye" if words.upper() == "QUIT" else "250 ok")

        def _say(self, words: str) -> None:
            self.wfile.write(f"{words}\r\n".encode())

    with socketserver.TCPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield ("127.0.0.1", server.server_address[1]), heard
        finally:
            server.shutdown()
