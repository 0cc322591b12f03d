package dev.tenon.access;

/** The single place that decides about access; one instance per model. Safe for use by several threads. */
public interface AccessKernel {

    /** What the identity may do with the object; the same answer for every door. An unknown object is not describable. */
    ObjectAccess access(Identity identity, String object);

    /** Whether the identity holds an administrative right. */
    boolean holds(Identity identity, dev.tenon.metadata.model.PermissionSet.SystemPermission permission);

    /** Why the identity may or may not do something with the object and its fields, in parts that can be shown. */
    Explanation explain(Identity identity, String object);
}
