package dev.tenon.metadata.model;

/** Fields that every object has and that only the platform writes (the owner excepted). */
public final class SystemField {
    public static final String ID = "id";
    public static final String VERSION = "version";
    public static final String OWNER = "owner";
    public static final String CREATED_AT = "createdAt";
    public static final String CREATED_BY = "createdBy";
    public static final String UPDATED_AT = "updatedAt";
    public static final String UPDATED_BY = "updatedBy";

    /** The kind of a record; only objects with record types have it, and whoever may edit it changes it. */
    public static final String RECORD_TYPE = "recordType";

    private SystemField() {}
}
