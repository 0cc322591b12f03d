package dev.tenon.metadata.model;

import java.util.List;

/** One entry of the console's navigation: a named group of objects. */
public record App(String name, String origin, Label label, List<String> objects) {
    public App {
        objects = List.copyOf(objects);
    }
}
