package org.drivelens.emulator.drive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.drivelens.emulator.fault.Faults;
import org.drivelens.emulator.fields.Mask;
import org.drivelens.emulator.fields.Resource;
import org.drivelens.emulator.library.RobotView;
import org.drivelens.emulator.library.Seen;
import org.drivelens.emulator.query.Query;
import org.drivelens.emulator.wire.GoogleError;
import org.drivelens.emulator.wire.Reply;
import org.drivelens.emulator.wire.Request;
import org.jspecify.annotations.Nullable;

/** {@code GET /drive/v3/files} (drive-api 2). */
final class FilesList {

  private static final int SORTED_KEPT = 16;

  private final RobotView view;
  private final Faults faults;

  /** A sorted listing is sorted once, at its first page; only the latest few are kept. */
  private final ConcurrentSkipListMap<Long, List<String>> sorted = new ConcurrentSkipListMap<>();

  private final AtomicLong lastSorted = new AtomicLong();

  FilesList(RobotView view, Faults faults) {
    this.view = view;
    this.faults = faults;
  }

  private record Found(List<Seen> files, @Nullable ListToken next) {}

  /** What is wanted, and the only folders where it can be; null for anywhere. */
  private record Search(@Nullable Set<String> parents, Predicate<Seen> wanted) {

    static Search of(Query query, Corpora corpora) {
      Set<String> parents = query.parents();
      return new Search(parents, seen -> query.test(seen) && corpora.holds(seen, parents != null));
    }
  }

  /** Checks in Google's order (drive-api 2, "Validation order"). */
  Reply answer(Request request, Context context) {
    int size = Paging.size(request, faults);
    String orderBy = request.parameter("orderBy", "");
    var order = orderBy.isBlank() ? null : Order.parse(orderBy);
    Corpora corpora = Corpora.ofListing(request, view);
    String q = request.parameter("q");
    var query = Query.parse(q, new Query.Asker(context.robotEmail(), view.rootId()));
    if (order != null && query.hasFullText()) {
      throw new GoogleError(
              403,
              "forbidden",
              "Sorting is not supported for queries with fullText terms. Results are always in"
                  + " descending relevance order.")
          .at("orderBy");
    }
    checkParents(query, request);
    int fingerprint = Objects.hash(q, orderBy, corpora);
    String token = request.parameter("pageToken", "");
    // drive-api 2: an empty token is the first page.
    var from = token.isEmpty() ? null : ListToken.parse(token, fingerprint);
    Mask mask = mask(request);
    if (faults.emptyPages() && (from == null || !from.afterEmpty())) {
      return reply(new Found(List.of(), afterEmpty(from, fingerprint)), mask, context);
    }
    var search = Search.of(query, corpora);
    Found found =
        order == null
            ? unsorted(search, from, fingerprint, size)
            : sorted(sortedListing(from, search, order), from, fingerprint, size);
    return reply(found, mask, context);
  }

  private static ListToken afterEmpty(@Nullable ListToken from, int fingerprint) {
    return from == null
        ? new ListToken(fingerprint, 0, Long.MAX_VALUE, true)
        : new ListToken(fingerprint, from.listing(), from.position(), true);
  }

  private Found unsorted(Search search, @Nullable ListToken from, int fingerprint, int size) {
    Long before = from == null ? null : from.position();
    var page = view.page(search.parents(), search.wanted(), before, size);
    Long next = page.next();
    return new Found(
        page.files(), next == null ? null : new ListToken(fingerprint, 0, next, false));
  }

  private Map.Entry<Long, List<String>> sortedListing(
      @Nullable ListToken from, Search search, Comparator<Seen> order) {
    if (from != null && from.listing() > 0) {
      List<String> known = sorted.get(from.listing());
      if (known == null) {
        // drive-api 2: tokens live for hours; ours as long as few others are sorted.
        throw GoogleError.invalidValue("pageToken");
      }
      return Map.entry(from.listing(), known);
    }
    List<String> ids = view.sorted(search.parents(), search.wanted(), order);
    var fresh = Map.entry(lastSorted.incrementAndGet(), ids);
    sorted.put(fresh.getKey(), fresh.getValue());
    while (sorted.size() > SORTED_KEPT) {
      sorted.pollFirstEntry();
    }
    return fresh;
  }

  private Found sorted(
      Map.Entry<Long, List<String>> listing, @Nullable ListToken from, int fingerprint, int size) {
    List<String> ids = listing.getValue();
    int start = from == null || from.listing() == 0 ? 0 : (int) from.position();
    int end = Math.min(ids.size(), start + size);
    var next = end == ids.size() ? null : new ListToken(fingerprint, listing.getKey(), end, false);
    return new Found(view.all(ids.subList(start, end)), next);
  }

  private static Reply reply(Found found, Mask mask, Context context) {
    var json = new LinkedHashMap<String, Object>();
    json.put("kind", "drive#fileList");
    if (found.next() != null) {
      json.put("nextPageToken", found.next().toString());
    }
    json.put("incompleteSearch", false);
    json.keySet().removeIf(name -> !mask.has(name));
    Mask inside = mask.of("files");
    if (inside != null) {
      var files = new ArrayList<Object>(found.files().size());
      found.files().forEach(seen -> files.add(FileFields.of(seen, inside, context)));
      json.put("files", files);
    }
    return Reply.json(json);
  }

  private static Mask mask(Request request) {
    String fields = request.parameter("fields");
    return Mask.parse(
        fields == null
            ? "kind,nextPageToken,incompleteSearch,files(kind,id,name,mimeType)"
            : fields,
        Resource.FILE_LIST);
  }

  /** drive-api 2: children of what is unknown or out of sight are a 404 without a name. */
  private void checkParents(Query query, Request request) {
    for (String id : query.namedParents()) {
      Seen parent = view.find(id);
      if (parent == null || !Reach.allows(parent, request)) {
        throw GoogleError.fileNotFound("");
      }
    }
  }
}
