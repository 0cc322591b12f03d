package dev.tenon.metadata.internal;

import java.util.Optional;
import java.util.Set;

/** How names are put together, and which are taken. */
final class Names {

    static final String SEPARATOR = "__";

    /** The platform's own fields, and words that the expression language takes. */
    static final Set<String> RESERVED_FIELDS = Set.of(
            "id",
            "version",
            "owner",
            "createdAt",
            "createdBy",
            "updatedAt",
            "updatedBy",
            "recordType",
            "me",
            "now",
            "today",
            "old",
            "settings",
            "true",
            "false",
            "null",
            "in",
            "as",
            "break",
            "const",
            "continue",
            "else",
            "for",
            "function",
            "if",
            "import",
            "let",
            "loop",
            "package",
            "namespace",
            "return",
            "var",
            "void",
            "while");

    /** Folders under {@code extends/} and names of the platform's own layers. */
    static final Set<String> RESERVED_NAMESPACES =
            Set.of("permissions", "approvals", "policies", "settings", "apps", "tenon", "system", "custom", "plugin");

    private Names() {}

    static String global(String namespace, String name) {
        return isGlobal(name) ? name : namespace + SEPARATOR + name;
    }

    static boolean isGlobal(String name) {
        return name.contains(SEPARATOR);
    }

    static Optional<String> namespaceOf(String name) {
        int at = name.indexOf(SEPARATOR);
        return at < 1 ? Optional.empty() : Optional.of(name.substring(0, at));
    }

    static boolean hasPrefix(String name, String namespace) {
        return name.startsWith(namespace + SEPARATOR);
    }

    /** The name as it is written inside the namespace's own package. */
    static String local(String name, String namespace) {
        return hasPrefix(name, namespace) ? name.substring(namespace.length() + SEPARATOR.length()) : name;
    }

    /** The part behind the namespace. */
    static String bare(String name) {
        int at = name.indexOf(SEPARATOR);
        return at < 1 ? name : name.substring(at + SEPARATOR.length());
    }
}
