package dev.tenon.automation.internal;

import dev.tenon.access.Identity;
import dev.tenon.automation.AutomationError;
import dev.tenon.automation.Imports.Mode;
import dev.tenon.automation.internal.RowReading.Read;
import dev.tenon.automation.internal.table.CsvFormat;
import dev.tenon.automation.internal.table.RowSource;
import dev.tenon.automation.internal.table.TableRow;
import dev.tenon.records.HistoryEntry;
import dev.tenon.records.RecordSession;
import dev.tenon.records.Records;
import dev.tenon.sdk.error.PlatformException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Inserts the rows of a small CSV text, all of them or none: what packages bring as initial data. */
public final class CsvRecords {

    private final Records records;

    public CsvRecords(Records records) {
        this.records = records;
    }

    /** In the thread's transaction when there is one. The first refused row ends it, with its line as argument. */
    public void insert(Identity identity, String object, String csv) {
        RecordSession session = records.open(identity, HistoryEntry.Channel.IMPORT);
        CsvFormat format = new CsvFormat(StandardCharsets.UTF_8, ',');
        try (RowSource rows = format.read(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)))) {
            if (!rows.hasNext()) {
                return;
            }
            List<String> columns = new ColumnMatching(session, object, Map.of(), Optional.empty(), Mode.INSERT)
                    .match(rows.next().cells());
            RowReading reading = new RowReading(session, session.model().requireObject(object), columns);
            List<TableRow> all = new ArrayList<>();
            rows.forEachRemaining(all::add);
            session.inTransaction(() -> {
                reading.read(all).forEach(row -> insert(session, object, row));
                return true;
            });
        }
    }

    private static void insert(RecordSession session, String object, Read row) {
        try {
            if (!row.faults().isEmpty()) {
                throw row.faults().getFirst().fault();
            }
            session.create(object, row.values());
        } catch (PlatformException fault) {
            throw AutomationError.ROW_REFUSED
                    .error()
                    .with("line", row.line())
                    .with("reason", fault.code().id())
                    .details(fault.details())
                    .causedBy(fault)
                    .build();
        }
    }
}
