package dev.tenon.records.internal;

import dev.tenon.access.ObjectAccess;
import dev.tenon.expression.Expr;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.records.RecordSession.FileContent;
import dev.tenon.records.RecordsError;
import dev.tenon.records.StoredFile;
import dev.tenon.records.port.BlobStore;
import dev.tenon.records.port.FileStore.Entry;
import dev.tenon.sdk.error.PlatformException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Files of fields: an upload is for one field and one person, who then saves a record with it. The id is no secret that
 * opens anything: whoever asks for a file needs the rights on its record and its field.
 */
final class FieldFiles {

    private final GuardedSession session;

    FieldFiles(GuardedSession session) {
        this.session = session;
    }

    StoredFile upload(String object, String fieldName, String fileName, InputStream content) {
        // First, so that nobody sends a file for nothing.
        Field field = requireFillable(object, fieldName);
        FieldType.File type = (FieldType.File) field.type();
        String tenant = session.identity().tenant();
        BlobStore.Stored stored = session.ports()
                .files()
                .blobs()
                .put(tenant, content, Math.min(type.maxBytes(), Limits.ATTACHMENT_BYTES));
        String name = FileNames.safe(fileName);
        String mediaType =
                read(stored.hash(), in -> session.ports().files().inspection().mediaType(in, name));
        StoredFile file = new StoredFile(
                UUID.randomUUID(), name, mediaType, stored.size(), pixels(field, type, mediaType, stored.hash()));
        session.ports()
                .files()
                .files()
                .insert(
                        tenant,
                        new Entry(
                                file,
                                object,
                                fieldName,
                                Optional.empty(),
                                stored.hash(),
                                session.identity().user().id(),
                                session.now()));
        return file;
    }

    private Field requireFillable(String object, String name) {
        Viewpoint viewpoint = session.viewpoint();
        ObjectAccess access = viewpoint.requireAccess(object);
        Field field = viewpoint
                .type(object)
                .findField(name)
                .filter(f -> access.mayRead(name))
                .orElseThrow(() -> viewpoint.unknownField(object, name));
        if (!(field.type() instanceof FieldType.File)) {
            throw fault(RecordsError.NOT_A_FILE_FIELD, field).build();
        }
        boolean saves = access.create() || !access.update().equals(Expr.FALSE);
        if (!saves || !access.mayEdit(name)) {
            throw fault(RecordsError.FIELD_NOT_EDITABLE, field)
                    .with("object", object)
                    .build();
        }
        return field;
    }

    private Optional<StoredFile.Pixels> pixels(Field field, FieldType.File type, String mediaType, String hash) {
        if (!type.accepts(mediaType)) {
            throw fault(RecordsError.FILE_TYPE_NOT_ACCEPTED, field)
                    .with("type", mediaType)
                    .with("accepted", String.join(", ", type.accepts()))
                    .build();
        }
        if (type.picture().isEmpty()) {
            return Optional.empty();
        }
        FieldType.File.Picture limits = type.picture().get();
        StoredFile.Pixels pixels = read(
                        hash, in -> session.ports().files().inspection().pixels(in, mediaType))
                .orElseThrow(() -> fault(RecordsError.NOT_AN_IMAGE, field)
                        .with("type", mediaType)
                        .build());
        if (pixels.width() > limits.maxWidth() || pixels.height() > limits.maxHeight()) {
            throw fault(RecordsError.IMAGE_TOO_LARGE, field)
                    .with("width", pixels.width())
                    .with("height", pixels.height())
                    .with("maxWidth", limits.maxWidth())
                    .with("maxHeight", limits.maxHeight())
                    .build();
        }
        return Optional.of(pixels);
    }

    private <T> T read(String hash, Function<InputStream, T> reader) {
        try (InputStream content = session.ports()
                .files()
                .blobs()
                .open(session.identity().tenant(), hash)
                .orElseThrow(() -> new IllegalStateException("the file that was just kept is gone"))) {
            return reader.apply(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Map<UUID, StoredFile> known(Collection<UUID> ids) {
        Map<UUID, StoredFile> known = new LinkedHashMap<>();
        session.ports()
                .files()
                .files()
                .find(session.identity().tenant(), ids)
                .forEach((id, entry) -> known.put(id, entry.file()));
        return known;
    }

    Optional<FileContent> open(UUID id) {
        String tenant = session.identity().tenant();
        Entry found = session.ports()
                .files()
                .files()
                .find(tenant, java.util.List.of(id))
                .get(id);
        if (found == null || !readable(found)) {
            return Optional.empty();
        }
        return session.ports()
                .files()
                .blobs()
                .open(tenant, found.contentHash())
                .map(content -> new FileContent(found.file(), found.contentHash(), content));
    }

    /** Until a record has it, only who uploaded it; then who may read the field of that record. */
    private boolean readable(Entry entry) {
        if (entry.recordId().isEmpty()) {
            return entry.createdBy().equals(session.identity().user().id());
        }
        boolean known = session.model()
                .findObject(entry.object())
                .flatMap(type -> type.findField(entry.field()))
                .isPresent();
        if (!known || !session.viewpoint().access(entry.object()).describable()) {
            return false;
        }
        ObjectAccess access = session.viewpoint().access(entry.object());
        Expr cell = access.conditions().getOrDefault(entry.field(), Expr.TRUE);
        return access.mayRead(entry.field())
                && session.queries()
                        .matches(
                                entry.object(),
                                Expr.and(access.read(), cell),
                                entry.recordId().get());
    }

    private PlatformException.Builder fault(RecordsError code, Field field) {
        return code.error()
                .with("field", field.label().in(session.identity().user().locale()));
    }
}
