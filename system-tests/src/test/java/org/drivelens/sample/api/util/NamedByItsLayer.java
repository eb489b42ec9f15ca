package org.drivelens.sample.api.util;

/** Lies in a package that says nothing about its feature. */
public final class NamedByItsLayer {}
