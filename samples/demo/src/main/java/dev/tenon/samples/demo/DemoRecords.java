package dev.tenon.samples.demo;

import dev.tenon.access.Identity;
import dev.tenon.records.HistoryEntry.Channel;
import dev.tenon.records.RecordSession;
import dev.tenon.records.RowOutcome;
import dev.tenon.samples.recruiting.DemoData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Saves the generated records through the door to records, each in the name of the person whose work it shows. */
final class DemoRecords implements DemoData.Sink {

    private final DemoSetup.Platform platform;
    private final String tenant;
    private final DemoSetup.Progress progress;

    DemoRecords(DemoSetup.Platform platform, String tenant, DemoSetup.Progress progress) {
        this.platform = platform;
        this.tenant = tenant;
        this.progress = progress;
    }

    @Override
    public List<UUID> create(UUID user, String object, List<Map<String, @Nullable Object>> records) {
        Identity who = platform.users().identity(tenant, user).orElseThrow();
        List<UUID> ids = new ArrayList<>(records.size());
        for (int from = 0; from < records.size(); from += RecordSession.IMPORT_CHUNK) {
            int to = Math.min(records.size(), from + RecordSession.IMPORT_CHUNK);
            RecordSession session = platform.records().open(who, Channel.IMPORT);
            for (RowOutcome outcome : session.importRows(object, records.subList(from, to))) {
                ids.add(
                        switch (outcome) {
                            case RowOutcome.Saved saved -> saved.id();
                            case RowOutcome.Rejected rejected -> throw rejected.problem();
                        });
            }
            progress.at(tenant, object, to, records.size());
        }
        return ids;
    }
}
