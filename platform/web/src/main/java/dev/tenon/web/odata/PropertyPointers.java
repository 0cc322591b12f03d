package dev.tenon.web.odata;

import dev.tenon.metadata.model.Field;
import dev.tenon.sdk.error.ErrorDetail;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.web.model.VisibleObject;
import java.util.List;
import java.util.function.Supplier;

/** Faults of a record point to its fields; who sends rows knows properties, and a reference's value has one of another name. */
final class PropertyPointers {

    private PropertyPointers() {}

    /** What the work returns; what it throws points into the row that was sent. */
    static <T> T in(VisibleObject object, Supplier<T> work) {
        try {
            return work.get();
        } catch (PlatformException refused) {
            List<ErrorDetail> details =
                    refused.details().stream().map(d -> named(object, d)).toList();
            if (details.equals(refused.details())) {
                throw refused;
            }
            PlatformException.Builder told = refused.code().error().causedBy(refused);
            refused.args().forEach(told::with);
            refused.source().ifPresent(told::at);
            throw told.details(details).build();
        }
    }

    /** What the work returns; what it throws points below a member of the row that was sent. */
    static <T> T below(String member, Supplier<T> work) {
        try {
            return work.get();
        } catch (PlatformException refused) {
            PlatformException.Builder told = refused.code().error().causedBy(refused);
            refused.args().forEach(told::with);
            refused.source().ifPresent(told::at);
            throw told.details(refused.details().stream()
                            .map(d -> new ErrorDetail(
                                    d.code(),
                                    d.pointer().startsWith("/") ? "/" + member + d.pointer() : d.pointer(),
                                    d.args()))
                            .toList())
                    .build();
        }
    }

    private static ErrorDetail named(VisibleObject object, ErrorDetail detail) {
        String pointer = detail.pointer();
        Field field = pointer.startsWith("/") ? object.fields().get(pointer.substring(1)) : null;
        return field == null
                ? detail
                : new ErrorDetail(detail.code(), "/" + VisibleObject.property(field), detail.args());
    }
}
