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

    private SystemField() {}
}
