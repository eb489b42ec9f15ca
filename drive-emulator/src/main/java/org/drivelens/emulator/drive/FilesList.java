package org.drivelens.emulator.drive;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.drivelens.emulator.fault.Faults;
import org.drivelens.emulator.fault.Oddities;
import org.drivelens.emulator.fault.Oddity;
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

  /** In the place of the number of a sorted listing: the position is how many were shown. */
  private static final long COUNTED = -1;

  private final RobotView view;
  private final Faults faults;
  private final Oddities oddities;
  private final Clock clock;

  /** A sorted listing is sorted once, at its first page; only the latest few are kept. */
  private final ConcurrentSkipListMap<Long, List<String>> sorted = new ConcurrentSkipListMap<>();

  private final AtomicLong lastSorted = new AtomicLong();

  FilesList(RobotView view, Faults faults, Clock clock) {
    this.view = view;
    this.faults = faults;
    this.oddities = faults.oddities();
    this.clock = clock;
  }

  /** {@code next} is where the following page goes on; null at the end. */
  private record Found(List<Seen> files, @Nullable ListToken next) {}

  /** What is wanted, and the only folders where it can be; null for anywhere. */
  private record Search(@Nullable Set<String> parents, Predicate<Seen> wanted) {

    static Search of(Query query, Corpora corpora, int leftOut) {
      Set<String> parents = query.parents();
      Set<String> hidden = Groups.parents(parents, leftOut);
      return new Search(
          parents,
          seen ->
              query.test(seen)
                  && corpora.holds(seen, parents != null)
                  && (hidden.isEmpty() || !isIn(hidden, seen)));
    }
  }

  private static boolean isIn(Set<String> parents, Seen seen) {
    return seen.parentId() != null && parents.contains(seen.parentId());
  }

  /** Checks in Google's order (drive-api 2, "Validation order"). */
  Reply answer(Request request, Context context) {
    int size = Paging.size(request, faults);
    String orderBy = request.parameter("orderBy", "");
    var order = orderBy.isBlank() ? null : Order.parse(orderBy);
    Corpora corpora = Corpora.ofListing(request, view);
    String q = request.parameter("q", "");
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
    ListToken from = position(request.parameter("pageToken", ""), q, query, orderBy, corpora);
    Mask mask = mask(request);
    String page = q + from.position();
    if (!from.afterEmpty() && oddities.strikes(Oddity.EMPTY_PAGES, page)) {
      return reply(new Found(List.of(), at(from, from.position(), true)), mask, context);
    }
    var search = Search.of(query, corpora, from.leftOut());
    Found found = order == null ? unsorted(search, from, size) : sorted(search, order, from, size);
    return reply(repeating(found, page), mask, context);
  }

  /** Where this page begins; drive-api 2: an empty token is the first page. */
  private ListToken position(String token, String q, Query query, String orderBy, Corpora corpora) {
    int fingerprint = Objects.hash(q, orderBy, corpora);
    if (token.isEmpty()) {
      int leftOut = Groups.leaveOut(query.parents(), q, oddities);
      return new ListToken(fingerprint, 0, Long.MAX_VALUE, false, leftOut, clock.millis());
    }
    ListToken from = ListToken.parse(token, fingerprint);
    Oddities.How how = oddities.how(Oddity.LIST_TOKENS_EXPIRE);
    if (how != null) {
      long lifetime = how.delay() == null ? 0 : how.delay().toMillis();
      if (clock.millis() - from.issuedAt() >= lifetime
          && oddities.strikes(Oddity.LIST_TOKENS_EXPIRE, token)) {
        throw Refusals.ofPageToken(how.status());
      }
    }
    return from;
  }

  private ListToken at(ListToken from, long position, boolean afterEmpty) {
    return new ListToken(
        from.fingerprint(), from.listing(), position, afterEmpty, from.leftOut(), clock.millis());
  }

  private Found unsorted(Search search, ListToken from, int size) {
    boolean first = from.position() == Long.MAX_VALUE;
    if (from.listing() == COUNTED || (first && oddities.strikes(Oddity.COUNTED_PAGES, "list"))) {
      return counted(search, from, first ? 0 : Math.toIntExact(from.position()), size);
    }
    var page = view.page(search.parents(), search.wanted(), from.position(), size);
    Long next = page.next();
    return new Found(page.files(), next == null ? null : at(from, next, false));
  }

  /** drive-api 2: results may shift, as they do where the place of a page is a number of files. */
  private Found counted(Search search, ListToken from, int shown, int size) {
    var page = view.page(search.parents(), search.wanted(), Long.MAX_VALUE, shown + size);
    var files = page.files().subList(Math.min(shown, page.files().size()), page.files().size());
    return new Found(
        files,
        page.next() == null
            ? null
            : new ListToken(
                from.fingerprint(), COUNTED, shown + size, false, from.leftOut(), clock.millis()));
  }

  /** A first page sorts; the following ones show what it sorted. */
  private Found sorted(Search search, Comparator<Seen> order, ListToken from, int size) {
    boolean first = from.position() == Long.MAX_VALUE;
    List<String> ids = first ? null : sorted.get(from.listing());
    ListToken listing = from;
    if (first) {
      ids = view.sorted(search.parents(), search.wanted(), order);
      listing =
          new ListToken(
              from.fingerprint(),
              lastSorted.incrementAndGet(),
              0,
              from.afterEmpty(),
              from.leftOut(),
              clock.millis());
      sorted.put(listing.listing(), ids);
      while (sorted.size() > SORTED_KEPT) {
        sorted.pollFirstEntry();
      }
    }
    if (ids == null) {
      // drive-api 2: tokens live for hours; ours as long as few others are sorted.
      throw GoogleError.invalidValue("pageToken");
    }
    int start = (int) listing.position();
    int end = Math.min(ids.size(), start + size);
    return new Found(
        view.all(ids.subList(start, end)), end == ids.size() ? null : at(listing, end, false));
  }

  /** drive-api 2: what shifts between two pages is seen on both. */
  private Found repeating(Found found, String page) {
    ListToken next = found.next();
    if (next == null
        || found.files().size() < 2
        || !oddities.strikes(Oddity.REPEATED_FILES, page)) {
      return found;
    }
    // Newest first and exclusive, or the number of those already shown.
    long again = next.position() + (next.listing() == 0 ? 1 : -1);
    return new Found(found.files(), at(next, again, false));
  }

  private Reply reply(Found found, Mask mask, Context context) {
    var json = new LinkedHashMap<String, Object>();
    json.put("kind", "drive#fileList");
    if (found.next() != null) {
      json.put("nextPageToken", found.next().toString());
    }
    json.put("incompleteSearch", oddities.strikes(Oddity.INCOMPLETE_SEARCH, "list"));
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
