package dev.tenon.script.wire;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Frames of JSON on a blocking socket: four bytes of length, then as many bytes of UTF-8. One thread reads; any thread
 * may write.
 */
public final class FrameChannel implements AutoCloseable {

    private final SocketChannel socket;
    private final int maxFrame;
    private final ReentrantLock writing = new ReentrantLock();
    private ByteBuffer input = ByteBuffer.allocate(16 * 1024).limit(0);

    /** @param maxFrame longest frame accepted from the other side, in bytes: it may be taken over by an attacker */
    public FrameChannel(SocketChannel socket, int maxFrame) {
        this.socket = socket;
        this.maxFrame = maxFrame;
    }

    public void write(ObjectNode frame) throws IOException {
        byte[] body = Wire.JSON.writeValueAsBytes(frame);
        ByteBuffer out = ByteBuffer.allocate(4 + body.length)
                .putInt(body.length)
                .put(body)
                .flip();
        writing.lock();
        try {
            while (out.hasRemaining()) {
                socket.write(out);
            }
        } finally {
            writing.unlock();
        }
    }

    /** The next frame. {@link EOFException} when the other side is gone. */
    public JsonNode read() throws IOException {
        require(4);
        int length = input.getInt();
        if (length < 2 || length > maxFrame) {
            throw new IOException("frame of " + length + " bytes");
        }
        require(length);
        byte[] body = new byte[length];
        input.get(body);
        if (input.capacity() > 1024 * 1024) {
            // One large frame must not hold its memory for the rest of the lane's life.
            ByteBuffer rest = input;
            input = ByteBuffer.allocate(Math.max(16 * 1024, rest.remaining()))
                    .put(rest)
                    .flip();
        }
        try {
            return Wire.JSON.readTree(body);
        } catch (JacksonException broken) {
            throw new IOException("frame is no JSON", broken);
        }
    }

    private void require(int bytes) throws IOException {
        if (input.remaining() >= bytes) {
            return;
        }
        if (input.capacity() < bytes) {
            input = ByteBuffer.allocate(bytes).put(input).flip();
        }
        input.compact();
        while (input.position() < bytes) {
            if (socket.read(input) < 0) {
                throw new EOFException("the other side closed the connection");
            }
        }
        input.flip();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // Nothing to save: the connection is given up.
        }
    }
}
