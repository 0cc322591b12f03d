package dev.tenon.bench.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection, kept alive as long as the server likes. It does as little as a client can, so that the
 * processor is left to the servers: both share it. Used by one thread.
 */
final class HttpConnection implements AutoCloseable {

    private final InetSocketAddress address;
    private final String common;

    private @Nullable Socket socket;
    private @Nullable InputStream input;

    HttpConnection(InetSocketAddress address, String token) {
        this.address = address;
        this.common = " HTTP/1.1\r\nHost: localhost:" + address.getPort() + "\r\nAuthorization: Bearer " + token
                + "\r\nAccept: application/json\r\n";
    }

    /** @param etag the header of that name, empty without one */
    record Answer(int status, String etag, byte[] body) {

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        Answer expect(int wanted) {
            if (status != wanted) {
                throw new IllegalStateException("answered " + status + ", not " + wanted + ": " + text());
            }
            return this;
        }
    }

    Answer get(String path) throws IOException {
        return send("GET", path, "", "");
    }

    /** @param headers lines, each with its line end */
    Answer send(String method, String path, String headers, String body) throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(400)
                .append(method)
                .append(' ')
                .append(path)
                .append(common)
                .append(headers);
        if (content.length > 0) {
            head.append("Content-Type: application/json\r\nContent-Length: ")
                    .append(content.length)
                    .append("\r\n");
        }
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] message = new byte[start.length + content.length];
        System.arraycopy(start, 0, message, 0, start.length);
        System.arraycopy(content, 0, message, start.length, content.length);
        InputStream in = connected(message);
        return read(in);
    }

    private InputStream connected(byte[] message) throws IOException {
        Socket open = socket;
        InputStream in = input;
        if (open == null || in == null) {
            open = new Socket();
            open.setTcpNoDelay(true);
            open.connect(address);
            in = new BufferedInputStream(open.getInputStream(), 16_384);
            socket = open;
            input = in;
        }
        open.getOutputStream().write(message);
        return in;
    }

    private Answer read(InputStream in) throws IOException {
        String line = line(in);
        int status = Integer.parseInt(line.substring(9, 12));
        String etag = "";
        int length = status == 204 || status == 304 ? 0 : -1;
        boolean chunked = false;
        boolean last = false;
        while (!(line = line(in)).isEmpty()) {
            int colon = line.indexOf(':');
            String value = line.substring(colon + 1).strip();
            switch (line.substring(0, colon).toLowerCase(Locale.ROOT)) {
                case "etag" -> etag = value;
                case "content-length" -> length = Integer.parseInt(value);
                case "transfer-encoding" -> chunked = true;
                case "connection" -> last = value.equalsIgnoreCase("close");
                default -> {
                    // Not needed.
                }
            }
        }
        byte[] body;
        if (chunked) {
            body = chunks(in);
        } else if (length >= 0) {
            body = exactly(in, length);
        } else {
            throw new IOException("an answer without an end");
        }
        if (last) {
            close();
        }
        return new Answer(status, etag, body);
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream(16_384);
        while (true) {
            int size = Integer.parseInt(line(in), 16);
            all.writeBytes(exactly(in, size));
            line(in);
            if (size == 0) {
                return all.toByteArray();
            }
        }
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the answer was cut off");
        }
        return bytes;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder(80);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the connection was closed");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
        }
        socket = null;
        input = null;
    }
}
