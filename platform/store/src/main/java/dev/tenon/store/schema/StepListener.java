package dev.tenon.store.schema;

/** Told about the steps of a schema change: the places where tests interrupt it. */
public interface StepListener {

    StepListener NONE = new StepListener() {};

    /** A part of a step that takes its time is done. */
    default void progressed(String tenant, int ordinal, SchemaStep step, long done) {}

    /** The tables are changed, the journal does not say so yet. */
    default void applied(String tenant, int ordinal, SchemaStep step) {}

    /** The journal says that the step is done. */
    default void marked(String tenant, int ordinal, SchemaStep step) {}
}
