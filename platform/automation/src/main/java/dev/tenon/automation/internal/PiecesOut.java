package dev.tenon.automation.internal;

import dev.tenon.automation.AutomationError;
import dev.tenon.automation.port.AsyncStore;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.UUID;

/** Keeps an answer in the store, piece by piece, so that it is never in memory as a whole. */
final class PiecesOut extends OutputStream {

    private final AsyncStore store;
    private final String tenant;
    private final UUID request;
    private final long most;
    private final byte[] buffer = new byte[AsyncStore.PIECE_BYTES];
    private int filled;
    private int pieces;
    private long count;

    PiecesOut(AsyncStore store, String tenant, UUID request, long most) {
        this.store = store;
        this.tenant = tenant;
        this.request = request;
        this.most = most;
    }

    long count() {
        return count;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        count += length;
        if (count > most) {
            throw AutomationError.ANSWER_TOO_LARGE.error().with("limit", most).build();
        }
        int at = from;
        int left = length;
        while (left > 0) {
            int taken = Math.min(left, AsyncStore.PIECE_BYTES - filled);
            System.arraycopy(bytes, at, buffer, filled, taken);
            filled += taken;
            at += taken;
            left -= taken;
            if (filled == AsyncStore.PIECE_BYTES) {
                keep();
            }
        }
    }

    private void keep() {
        if (filled > 0) {
            store.append(tenant, request, pieces++, Arrays.copyOf(buffer, filled));
            filled = 0;
        }
    }

    /** Keeps what is left. Without it the last piece is lost, which is meant where the rest counts for nothing. */
    @Override
    public void close() {
        keep();
    }
}
