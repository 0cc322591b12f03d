package dev.tenon.records.internal;

import dev.tenon.records.RecordsError;
import dev.tenon.sdk.error.ErrorCode;
import dev.tenon.sdk.error.ErrorDetail;
import dev.tenon.sdk.error.PlatformException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Collects what is wrong with one record, so that a person can correct it all at once. */
final class Faults {

    private final List<ErrorDetail> details = new ArrayList<>();

    /** @param field name of the field; empty for the record as a whole */
    void add(ErrorCode code, String field, Map<String, Object> args) {
        details.add(new ErrorDetail(code, pointer(field), args));
    }

    void add(String field, PlatformException fault) {
        add(fault.code(), field, fault.args());
    }

    /** Throws when there are faults: a single one as itself, several under one roof. */
    void raise() {
        if (details.isEmpty()) {
            return;
        }
        if (details.size() == 1) {
            ErrorDetail only = details.getFirst();
            PlatformException.Builder error = only.code().error().detail(only);
            only.args().forEach(error::with);
            throw error.build();
        }
        throw RecordsError.SEVERAL_PROBLEMS
                .error()
                .with("count", details.size())
                .details(details)
                .build();
    }

    private static String pointer(String field) {
        return field.isEmpty() ? "" : "/" + field.replace("~", "~0").replace("/", "~1");
    }
}
