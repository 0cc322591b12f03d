package dev.tenon.sdk.plugin;

import dev.tenon.sdk.record.RecordData;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Does something with one record when a person or program asks for it. Runs on the request's thread, outside of any
 * transaction; each call of {@link CallContext#records()} commits by itself.
 */
public interface RecordAction {

    /**
     * @param record the record as the acting user sees it
     * @param parameters values of the action's declared parameters
     * @return what is told to the caller; see {@link ActionResult}
     */
    ActionResult run(RecordData record, Map<String, @Nullable Object> parameters, CallContext context);
}
