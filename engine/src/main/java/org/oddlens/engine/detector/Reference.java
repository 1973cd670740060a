package org.oddlens.engine.detector;

/** A source: who, what, where, and a link that lasts. */
public record Reference(String authors, String title, String venue, String link) {}
