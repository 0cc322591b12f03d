package dev.tenon.web.odata;

import dev.tenon.records.RecordsError;
import dev.tenon.sdk.error.ErrorDetail;
import dev.tenon.sdk.error.PlatformException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Records named by their addresses: {@code recruiting__Candidate(0190…)}, with or without the service's own before it. */
final class Addresses {

    /** The member that is an address. */
    static final String ID = "@id";

    private static final Pattern ADDRESS = Pattern.compile("(?:.*/)?([A-Za-z0-9_]+)\\(([0-9a-fA-F-]{36})\\)");

    /** With and without OData's prefix, which version 4.01 leaves to the caller. */
    private static final List<String> NAMES = List.of(Addresses.ID, "@odata.id");

    private Addresses() {}

    /** The id of a record of the object; absent for anything else. */
    static Optional<String> id(String object, Object address) {
        Matcher matcher = ADDRESS.matcher(address.toString());
        return matcher.matches() && matcher.group(1).equals(object) ? Optional.of(matcher.group(2)) : Optional.empty();
    }

    /** The address in an object that is nothing but one; null where there is none. */
    static @Nullable Object in(Map<?, ?> members) {
        for (String name : NAMES) {
            if (members.containsKey(name)) {
                return members.get(name);
            }
        }
        return null;
    }

    /** The record that a body or an address names; {@code records.type-mismatch} for anything but one of the object. */
    static UUID require(String way, String object, @Nullable Object address) {
        Optional<String> id = address == null ? Optional.empty() : id(object, address);
        try {
            return UUID.fromString(id.orElseThrow(() -> mismatch(way, object, address)));
        } catch (IllegalArgumentException malformed) {
            throw mismatch(way, object, address);
        }
    }

    static PlatformException mismatch(String way, String object, @Nullable Object found) {
        Map<String, Object> args =
                Map.of("field", way, "expected", object + "(<id>)", "value", found == null ? "-" : found.toString());
        PlatformException.Builder error = RecordsError.TYPE_MISMATCH.error();
        args.forEach(error::with);
        return error.detail(new ErrorDetail(RecordsError.TYPE_MISMATCH, "/" + way, args))
                .build();
    }
}
