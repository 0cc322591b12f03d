package dev.tenon.app;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The code names in a text of a document, in the text's order: {@code `Type`}, {@code `Type.method`}, {@code `room/Type`}. */
record NamesInText(List<Name> names) {

    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final Pattern NAME = Pattern.compile("(?:([a-z]+)/)?([A-Z]\\w*)(?:\\.([a-z]\\w*))?");

    /**
     * @param types the type; for an interface and what it declares, all that implement it
     * @param method absent where the text names the type alone
     */
    record Name(String written, Set<String> types, Optional<String> method) {
        boolean names(CallTrace.Call call) {
            return types.contains(call.type()) && method.equals(Optional.of(call.method()));
        }

        @Override
        public String toString() {
            return written;
        }
    }

    /** Fails with all names that do not exist, or that mean several types. */
    static NamesInText of(String text, JavaClasses code) {
        List<Name> names = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        Matcher quoted = QUOTED.matcher(text);
        while (quoted.find()) {
            try {
                names.add(name(quoted.group(1), code));
            } catch (IllegalArgumentException noSuchName) {
                wrong.add(String.valueOf(noSuchName.getMessage()));
            }
        }
        if (!wrong.isEmpty()) {
            throw new AssertionError(String.join("\n", wrong));
        }
        return new NamesInText(names);
    }

    private static Name name(String written, JavaClasses code) {
        Matcher parts = NAME.matcher(written);
        if (!parts.matches()) {
            throw new IllegalArgumentException("`" + written + "` is no name of code");
        }
        String room = parts.group(1) == null ? "dev.tenon." : "dev.tenon." + parts.group(1) + ".";
        List<JavaClass> found = code.stream()
                .filter(type -> type.getSimpleName().equals(parts.group(2)))
                .filter(type -> type.getPackageName().concat(".").startsWith(room))
                .toList();
        if (found.size() != 1) {
            throw new IllegalArgumentException("`" + written + "` names "
                    + found.stream().map(JavaClass::getName).toList() + "; write room/Type where it is not one");
        }
        JavaClass type = found.getFirst();
        Optional<String> method = Optional.ofNullable(parts.group(3));
        if (method.isPresent() && !declares(type, method.get())) {
            throw new IllegalArgumentException("`" + written + "`: " + type.getName() + " declares no such method");
        }
        Set<String> called = Stream.concat(Stream.of(type), type.getAllSubclasses().stream())
                .filter(t -> method.isEmpty() || declares(t, method.get()))
                .map(JavaClass::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        return new Name(written, called, method);
    }

    private static boolean declares(JavaClass type, String method) {
        return type.getMethods().stream()
                .anyMatch(m -> m.getName().equals(method) && !m.getModifiers().contains(JavaModifier.SYNTHETIC));
    }

    /** Methods in the order in which the text names them. */
    List<Name> methods() {
        return names.stream().filter(name -> name.method().isPresent()).toList();
    }
}
