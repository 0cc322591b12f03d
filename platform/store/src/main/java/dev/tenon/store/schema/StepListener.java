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

    /** A model is in force, and what kept tables right for the one before has not ended yet. */
    default void switched(String tenant, long version) {}

    /** A part of work on all records is done. */
    default void computed(String tenant, String object, long done) {}
}
