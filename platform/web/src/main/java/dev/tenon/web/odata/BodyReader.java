package dev.tenon.web.odata;

import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.RecordsError;
import dev.tenon.records.ValueCodec;
import dev.tenon.sdk.error.ErrorDetail;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.web.Json;
import dev.tenon.web.errors.WebError;
import dev.tenon.web.model.VisibleObject;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** Reads the JSON of a row into values of fields; all that is wrong with it is told at once. */
final class BodyReader {

    private static final TypeReference<Map<String, @Nullable Object>> MEMBERS = new TypeReference<>() {};
    /** With and without OData's prefix, which version 4.01 leaves to the caller. */
    private static final List<String> BIND_ENDINGS = List.of("@odata.bind", "@bind");

    private final VisibleObject object;
    private final List<ErrorDetail> faults = new ArrayList<>();

    private BodyReader(VisibleObject object) {
        this.object = object;
    }

    static Map<String, @Nullable Object> members(InputStream body) {
        Map<String, @Nullable Object> members = Json.MAPPER.readValue(body, MEMBERS);
        if (members == null) {
            throw WebError.MALFORMED_BODY
                    .error()
                    .with("reason", "a JSON object is expected")
                    .build();
        }
        return members;
    }

    static Map<String, @Nullable Object> values(VisibleObject object, Map<String, @Nullable Object> members) {
        return new BodyReader(object).read(members);
    }

    /** Of links only saves read something, before they come here: no condition of a form names them. */
    private Map<String, @Nullable Object> read(Map<String, @Nullable Object> members) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        members.forEach((name, json) -> {
            String way = bound(name);
            if (way != null) {
                bind(way, json, values);
            } else if (name.indexOf('@') < 0
                    && !ignored(name)
                    && !object.links().containsKey(name)) {
                property(name, json, values);
            }
        });
        if (faults.size() == 1) {
            ErrorDetail only = faults.getFirst();
            PlatformException.Builder error = only.code().error();
            only.args().forEach(error::with);
            throw error.detail(only).build();
        }
        if (!faults.isEmpty()) {
            throw RecordsError.SEVERAL_PROBLEMS
                    .error()
                    .with("count", faults.size())
                    .details(faults)
                    .build();
        }
        return values;
    }

    /** The way whose record a member names by its address; null where it is another member. */
    static @Nullable String bound(String member) {
        return BIND_ENDINGS.stream()
                .filter(member::endsWith)
                .findFirst()
                .map(ending -> member.substring(0, member.length() - ending.length()))
                .orElse(null);
    }

    /** OData has services pass over keys and what they compute themselves when a whole row is sent back. */
    private static boolean ignored(String name) {
        return name.equals(SystemField.ID) || name.equals(SystemField.VERSION);
    }

    private void property(String name, @Nullable Object json, Map<String, @Nullable Object> values) {
        Field field = object.fieldOf(name).orElse(null);
        if (field == null) {
            faults.add(new ErrorDetail(
                    RecordsError.UNKNOWN_FIELD,
                    "/" + name,
                    Map.of("object", object.name(), "field", name, "suggestion", object.nearest(name))));
            return;
        }
        try {
            values.put(field.name(), ValueCodec.fromJson(field.name(), field.type(), json));
        } catch (PlatformException mismatch) {
            faults.add(new ErrorDetail(mismatch.code(), "/" + name, mismatch.args()));
        } catch (IllegalArgumentException neitherTextNorNumber) {
            faults.add(new ErrorDetail(
                    RecordsError.TYPE_MISMATCH,
                    "/" + name,
                    Map.of("field", name, "expected", "single-value", "value", "-")));
        }
    }

    private void bind(String way, @Nullable Object json, Map<String, @Nullable Object> values) {
        Field field = object.fields().get(way);
        String target = field == null ? null : VisibleObject.target(field).orElse(null);
        if (target == null) {
            property(way, json, values);
            return;
        }
        if (json == null) {
            values.put(way, null);
            return;
        }
        Optional<String> id = Addresses.id(target, json);
        if (id.isEmpty()) {
            faults.add(new ErrorDetail(
                    RecordsError.TYPE_MISMATCH,
                    "/" + way,
                    Map.of("field", way, "expected", target + "(<id>)", "value", json)));
            return;
        }
        property(way + VisibleObject.ID_SUFFIX, id.get(), values);
    }
}
