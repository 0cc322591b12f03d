package dev.tenon.records.internal;

import dev.tenon.records.Row;
import dev.tenon.sdk.record.RecordData;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes the records that code outside of the platform gets. */
final class SdkRecords {

    private SdkRecords() {}

    /** javac keeps no type annotations of a compact constructor's parameters, so NullAway takes the values as non-null. */
    @SuppressWarnings("NullAway")
    static RecordData data(String object, UUID id, long version, Map<String, @Nullable Object> values) {
        return new RecordData(object, id, version, values);
    }

    static RecordData data(Row row) {
        return data(row.object(), row.id(), row.version(), row.values());
    }
}
