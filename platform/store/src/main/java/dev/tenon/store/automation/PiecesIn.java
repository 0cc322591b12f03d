package dev.tenon.store.automation;

import java.io.InputStream;
import java.util.Optional;
import java.util.function.IntFunction;

/** A text in pieces, of which one is in memory at a time. */
final class PiecesIn extends InputStream {

    private final IntFunction<Optional<byte[]>> pieces;
    private byte[] piece = {};
    private int at;
    private int next;

    PiecesIn(IntFunction<Optional<byte[]>> pieces) {
        this.pieces = pieces;
    }

    /** Whether there is something left. */
    private boolean filled() {
        while (at == piece.length) {
            Optional<byte[]> found = pieces.apply(next++);
            if (found.isEmpty()) {
                next--;
                return false;
            }
            piece = found.get();
            at = 0;
        }
        return true;
    }

    @Override
    public int read() {
        return filled() ? piece[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] to, int from, int length) {
        if (length == 0) {
            return 0;
        }
        if (!filled()) {
            return -1;
        }
        int count = Math.min(length, piece.length - at);
        System.arraycopy(piece, at, to, from, count);
        at += count;
        return count;
    }
}
