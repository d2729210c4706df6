"""One HTTP request over a bare socket, so that the bytes on the wire are known."""

import dataclasses
import socket


@dataclasses.dataclass
class Answer:
    status: int
    fields: dict  # names in lower case
    head: int  # bytes of the status line and the header
    body: bytes

    @property
    def size(self):
        return self.head + len(self.body)


def get(port, path, **fields):
    """GETs a path; the names of fields are written with _ for -. OSError while nobody listens."""
    lines = "".join(f"{key.replace('_', '-')}: {value}\r\n" for key, value in fields.items())
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{lines}\r\n".encode())
        with connection.makefile("rb") as stream:
            return read(stream)


def read(stream):
    status = stream.readline()
    if not status.startswith(b"HTTP/1.1 "):
        raise OSError(f"no answer, but {status!r}")
    head, fields = len(status), {}
    for line in iter(stream.readline, b"\r\n"):
        if not line:
            raise OSError("the answer ends in its header")
        head += len(line)
        key, _, value = line.decode("latin-1").partition(":")
        fields[key.lower()] = value.strip()
    code = int(status.split()[1])
    if code in (204, 304):
        return Answer(code, fields, head + 2, b"")
    if fields.get("transfer-encoding") == "chunked":
        return Answer(code, fields, head + 2, b"".join(chunks(stream)))
    return Answer(code, fields, head + 2, stream.read(int(fields["content-length"])))


def chunks(stream):
    while length := int(stream.readline(), 16):
        yield stream.read(length)
        stream.readline()
