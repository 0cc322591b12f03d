package dev.tenon.access.internal;

import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.SystemField;

/** The platform's own objects: everybody may read them without a permission set, within their baseline and rules. */
final class PlatformObjects {

    private static final String NAMESPACE = "sys__";
    private static final String PACKAGE = "system";

    /** Field of the platform's objects that are written to one person, by somebody else. */
    private static final String RECIPIENT = "recipient";

    private PlatformObjects() {}

    /** The field that names the person a record belongs to. */
    static String personField(ObjectType object) {
        return readByEverybody(object) && object.findField(RECIPIENT).isPresent() ? RECIPIENT : SystemField.OWNER;
    }

    static boolean readByEverybody(ObjectType object) {
        return object.name().startsWith(NAMESPACE);
    }

    /** What another layer adds to such an object is not the platform's: permission sets decide about it. */
    static boolean readByEverybody(ObjectType object, Field field) {
        return readByEverybody(object) && field.origin().equals(PACKAGE);
    }
}
