package dev.tenon.automation.internal;

import dev.tenon.automation.port.ExportQuery.Percent;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of an export between their reading and the finished file: a kind and a text for each cell. */
final class SpooledRows {

    private enum Kind {
        EMPTY,
        TEXT,
        WHOLE,
        DECIMAL,
        PERCENT,
        BOOL,
        DATE,
        MOMENT
    }

    private static final List<Kind> KINDS = List.of(Kind.values());

    private SpooledRows() {}

    static void write(DataOutputStream out, List<@Nullable Object> cells) throws IOException {
        out.writeInt(cells.size());
        for (Object cell : cells) {
            Kind kind = kind(cell);
            out.writeByte(kind.ordinal());
            if (cell != null) {
                Object written = cell instanceof Percent percent ? percent.value() : cell;
                byte[] text = written.toString().getBytes(StandardCharsets.UTF_8);
                out.writeInt(text.length);
                out.write(text);
            }
        }
    }

    private static Kind kind(@Nullable Object cell) {
        return switch (cell) {
            case null -> Kind.EMPTY;
            case Long ignored -> Kind.WHOLE;
            case BigDecimal ignored -> Kind.DECIMAL;
            case Percent ignored -> Kind.PERCENT;
            case Boolean ignored -> Kind.BOOL;
            case LocalDate ignored -> Kind.DATE;
            case OffsetDateTime ignored -> Kind.MOMENT;
            default -> Kind.TEXT;
        };
    }

    /** The next row, null behind the last. */
    static @Nullable List<@Nullable Object> read(DataInputStream in) throws IOException {
        int width;
        try {
            width = in.readInt();
        } catch (EOFException end) {
            return null;
        }
        List<@Nullable Object> cells = new ArrayList<>(width);
        for (int i = 0; i < width; i++) {
            Kind kind = KINDS.get(in.readByte());
            cells.add(kind == Kind.EMPTY ? null : cell(kind, text(in)));
        }
        return cells;
    }

    private static String text(DataInputStream in) throws IOException {
        byte[] text = new byte[in.readInt()];
        in.readFully(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static Object cell(Kind kind, String text) {
        return switch (kind) {
            case EMPTY, TEXT -> text;
            case WHOLE -> Long.valueOf(text);
            case DECIMAL -> new BigDecimal(text);
            case PERCENT -> new Percent(new BigDecimal(text));
            case BOOL -> Boolean.valueOf(text);
            case DATE -> LocalDate.parse(text);
            case MOMENT -> OffsetDateTime.parse(text);
        };
    }
}
