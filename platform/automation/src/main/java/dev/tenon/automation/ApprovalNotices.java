package dev.tenon.automation;

import dev.tenon.approval.ApprovalNotifications;
import dev.tenon.approval.ApprovalNotifications.Notice;
import dev.tenon.automation.internal.Notices;
import dev.tenon.records.HistoryEntry;
import dev.tenon.records.RecordSession;
import dev.tenon.records.Records;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes a notification for everybody whom the approval room has something to tell, each in that person's view. */
public final class ApprovalNotices implements OutboxConsumer {

    private static final String OBJECT = "sys__Notification";
    private static final int TITLE_CHARS = 255;
    private static final int BODY_CHARS = 4000;

    private final ApprovalNotifications approvals;
    private final Records records;

    public ApprovalNotices(ApprovalNotifications approvals, Records records) {
        this.approvals = approvals;
        this.records = records;
    }

    @Override
    public String name() {
        return "notifications";
    }

    @Override
    public Set<String> topics() {
        return ApprovalNotifications.TOPICS;
    }

    @Override
    public boolean inTransaction() {
        return true;
    }

    @Override
    public void handle(Event event) {
        RecordSession session = records.open(Notices.platform(event.tenant()), HistoryEntry.Channel.SYSTEM);
        for (Notice notice : approvals.notices(event.tenant(), event.topic(), event.payload())) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            values.put("recipient", notice.recipient());
            values.put("kind", notice.kind());
            values.put("title", shortened(notice.title(), TITLE_CHARS));
            String body = notice.body();
            values.put("body", body == null ? null : shortened(body, BODY_CHARS));
            values.put("object", notice.object());
            values.put("recordId", notice.recordId().toString());
            values.put("read", false);
            session.create(OBJECT, values);
        }
    }

    private static String shortened(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
    }
}
