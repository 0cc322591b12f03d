package dev.tenon.sdk.plugin;

import dev.tenon.sdk.record.RecordData;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs inside the saving of a record, in its transaction, on the request's thread. An exception rolls the whole save
 * back; a {@link dev.tenon.sdk.error.PlatformException} of kind USER is shown to the person who saves.
 */
public interface RecordTrigger {

    /** Called for each record for which the trigger's phase and condition apply. */
    void run(Change change, CallContext context);

    /** The change being saved. */
    interface Change {
        /** Global name of the object. */
        String object();

        /** The record before the change; absent when it is being created. */
        Optional<RecordData> before();

        /** The values as they would be saved now: defaults and earlier triggers applied. */
        Map<String, @Nullable Object> values();

        /** Sets a field. Allowed in <em>before</em> triggers of create and update only. */
        void set(String field, @Nullable Object value);
    }
}
