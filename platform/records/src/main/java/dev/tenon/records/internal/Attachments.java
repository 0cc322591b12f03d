package dev.tenon.records.internal;

import dev.tenon.records.RecordSession.AttachmentContent;
import dev.tenon.records.port.BlobStore;
import dev.tenon.records.port.RecordStore;
import dev.tenon.sdk.record.Attachment;
import dev.tenon.sdk.record.RecordIds;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Files of records: who may read the record reads them, who may change the record adds to them. */
final class Attachments {

    /** A type as in RFC 6838, without parameters; anything else is told to browsers as plain bytes. */
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}");

    private final GuardedSession session;

    Attachments(GuardedSession session) {
        this.session = session;
    }

    Attachment attach(String object, UUID id, String fileName, String mediaType, InputStream content) {
        // First, so that nobody sends a file for nothing.
        requireAttachable(object, id);
        String tenant = session.identity().tenant();
        BlobStore.Stored stored = session.ports().files().blobs().put(tenant, content, Limits.ATTACHMENT_BYTES);
        Attachment attachment = new Attachment(
                RecordIds.next(),
                FileNames.safe(fileName),
                safeType(mediaType),
                stored.size(),
                session.identity().user().id(),
                session.viewpoint().now());
        return session.save(context -> {
            // Once more: while the file came in, the record may have been locked.
            new SaveOrder(context).requireAttachable(object, id);
            session.ports().store().insertAttachment(tenant, object, id, attachment, stored.hash());
            return attachment;
        });
    }

    private void requireAttachable(String object, UUID id) {
        session.save(context -> {
            new SaveOrder(context).requireAttachable(object, id);
            return true;
        });
    }

    List<Attachment> of(String object, UUID id) {
        if (!readable(object, id)) {
            throw SaveOrder.notFound(object, id);
        }
        return session.ports().store().attachments(session.identity().tenant(), object, id);
    }

    Optional<AttachmentContent> open(UUID attachmentId) {
        String tenant = session.identity().tenant();
        Optional<RecordStore.StoredAttachment> found = session.ports()
                .store()
                .findAttachment(tenant, attachmentId)
                .filter(a -> session.model().findObject(a.object()).isPresent())
                .filter(a -> session.viewpoint().access(a.object()).describable())
                .filter(a -> readable(a.object(), a.recordId()));
        return found.flatMap(a -> session.ports()
                .files()
                .blobs()
                .open(tenant, a.contentHash())
                .map(content -> new AttachmentContent(a.attachment(), content)));
    }

    private boolean readable(String object, UUID id) {
        return session.queries().matches(object, session.access(object).read(), id);
    }

    private static String safeType(String mediaType) {
        int parameters = mediaType.indexOf(';');
        String type = (parameters < 0 ? mediaType : mediaType.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT);
        return MEDIA_TYPE.matcher(type).matches() ? type : "application/octet-stream";
    }
}
