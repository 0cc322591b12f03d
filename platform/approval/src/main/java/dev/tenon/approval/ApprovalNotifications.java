package dev.tenon.approval;

import dev.tenon.access.Identity;
import dev.tenon.approval.internal.NoticeTexts;
import dev.tenon.approval.port.ApprovalStore;
import dev.tenon.approval.port.UserDirectory;
import dev.tenon.records.HistoryEntry.Channel;
import dev.tenon.records.Query.Selection;
import dev.tenon.records.RecordSession;
import dev.tenon.records.Records;
import dev.tenon.records.Row;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What people are told after an approval has moved on. Everything is read as the recipient, so nobody is told what that
 * person could not look up; an item hidden from a person is not announced to that person.
 */
public final class ApprovalNotifications {

    /** Topics of outbox events that somebody may have to be told about. */
    public static final Set<String> TOPICS = Set.of(
            "approval.task-created",
            "approval.commented",
            "approval.instance-approved",
            "approval.instance-rejected",
            "approval.instance-returned",
            "approval.instance-terminated",
            "approval.instance-faulted");

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final ApprovalStore approvals;
    private final Records door;
    private final UserDirectory users;

    public ApprovalNotifications(ApprovalStore approvals, Records door, UserDirectory users) {
        this.approvals = approvals;
        this.door = door;
        this.users = users;
    }

    /**
     * One message for one person, in that person's language.
     *
     * @param kind the topic
     * @param body null for none
     */
    public record Notice(
            UUID recipient,
            String kind,
            String title,
            @Nullable String body,
            String object,
            UUID recordId) {}

    /** The messages that follow from an outbox event; empty for topics that concern nobody. */
    public List<Notice> notices(String tenant, String topic, String payload) {
        if (!TOPICS.contains(topic)) {
            return List.of();
        }
        JsonNode event = MAPPER.readTree(payload);
        UUID instance = UUID.fromString(event.path("instance").asString());
        UUID actor = event.has("actor") ? UUID.fromString(event.path("actor").asString()) : null;
        List<Notice> notices = new ArrayList<>();
        for (UUID recipient : recipients(tenant, topic, instance, event)) {
            if (!recipient.equals(actor)) {
                users.identity(tenant, recipient)
                        .flatMap(identity -> notice(
                                identity, topic, instance, event.path("seq").asLong(), event))
                        .ifPresent(notices::add);
            }
        }
        return notices;
    }

    private Set<UUID> recipients(String tenant, String topic, UUID instance, JsonNode event) {
        Set<UUID> recipients = new LinkedHashSet<>();
        approvals.find(tenant, instance).ifPresent(stored -> {
            switch (topic) {
                case "approval.task-created" ->
                    stored.state().tasks().stream()
                            .filter(t ->
                                    t.id().toString().equals(event.path("task").asString()))
                            .filter(t -> t.state().open())
                            .forEach(t -> recipients.add(t.assignee()));
                case "approval.commented" -> recipients.addAll(approvals.participants(tenant, instance));
                default -> recipients.add(stored.state().instance().submitter());
            }
        });
        return recipients;
    }

    private Optional<Notice> notice(Identity recipient, String topic, UUID instance, long seq, JsonNode event) {
        RecordSession session = door.open(recipient, Channel.SYSTEM);
        Row row =
                session.find(ApprovalObjects.INSTANCE, instance, Selection.ALL).orElse(null);
        if (row == null) {
            return Optional.empty();
        }
        String comment = comment(session, recipient.tenant(), instance, seq);
        if (topic.equals("approval.commented") && comment == null) {
            return Optional.empty();
        }
        String title = row.values().get("title") instanceof String text ? text : "";
        return Optional.of(new Notice(
                recipient.user().id(),
                topic,
                NoticeTexts.title(topic, title, recipient.user().locale()),
                comment,
                event.path("object").asString(),
                UUID.fromString(event.path("record").asString())));
    }

    /** The text given with the event, where the reader may see it. */
    private @Nullable String comment(RecordSession session, String tenant, UUID instance, long seq) {
        UUID id = approvals.commentOf(tenant, instance, seq).orElse(null);
        if (id == null) {
            return null;
        }
        return session.find(ApprovalObjects.COMMENT, id, Selection.of("body"))
                .map(found -> found.values().get("body"))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .orElse(null);
    }
}
