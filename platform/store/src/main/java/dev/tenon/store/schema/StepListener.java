package dev.tenon.store.schema;

/** Told about the steps of a schema change: progress for people, and the places where tests interrupt it. */
public interface StepListener {

    StepListener NONE = new StepListener() {};

    /** The tables are changed, the journal does not say so yet. */
    default void applied(String tenant, int ordinal, SchemaStep step) {}

    /** The journal says that the step is done. */
    default void marked(String tenant, int ordinal, SchemaStep step) {}
}
