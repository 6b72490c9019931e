import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;

/** Lucene behind the lines that tests/benchmarks/worker.py tells of. */
public class Peer {
  private static final BM25Similarity SCORING = new BM25Similarity(1.5f, 0.75f);
  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

  public static void main(String[] words) throws IOException {
    Directory folder = new MMapDirectory(Path.of(words[2]));
    if (words[0].equals("build")) {
      build(Path.of(words[1]), folder);
    } else {
      answer(folder);
    }
  }

  private static void build(Path corpus, Directory folder) throws IOException {
    long started = System.nanoTime();
    ByteBuffer terms = numbers(corpus.resolve("terms.npy"));
    ByteBuffer starts = numbers(corpus.resolve("starts.npy"));
    IndexWriterConfig config = new IndexWriterConfig();
    config.setSimilarity(SCORING).setRAMBufferSizeMB(256);
    FieldType counted = new FieldType();
    counted.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
    counted.freeze();
    try (IndexWriter writer = new IndexWriter(folder, config)) {
      for (int row = 0; row + 1 < starts.remaining() / 8; row++) {
        Document document = new Document();
        Ids ids = new Ids(terms, (int) starts.getLong(8 * row), (int) starts.getLong(8 * row + 8));
        document.add(new Field("body", ids, counted));
        writer.addDocument(document);
      }
      writer.forceMerge(1);
    }
    System.out.printf("{\"seconds\": %.3f}%n", (System.nanoTime() - started) / 1e9);
  }

  private static void answer(Directory folder) throws IOException {
    IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(folder));
    searcher.setSimilarity(SCORING);
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] words = line.split(" ");
      int count = Integer.parseInt(words[0]);
      int times = Integer.parseInt(words[1]);
      long leastUsed = Long.MAX_VALUE;
      long leastTaken = Long.MAX_VALUE;
      ScoreDoc[] found = {};
      for (int time = 0; time < times; time++) {
        long used = CLOCK.getCurrentThreadCpuTime();
        long taken = System.nanoTime();
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        for (int word = 2; word < words.length; word++) {
          query.add(new TermQuery(new Term("body", words[word])), BooleanClause.Occur.SHOULD);
        }
        found = searcher.search(query.build(), count).scoreDocs;
        leastUsed = Math.min(leastUsed, CLOCK.getCurrentThreadCpuTime() - used);
        leastTaken = Math.min(leastTaken, System.nanoTime() - taken);
      }
      StringBuilder told = new StringBuilder();
      told.append(leastUsed / 1e9).append(' ').append(leastTaken / 1e9);
      for (ScoreDoc one : found) {
        told.append(' ').append(one.doc);
      }
      System.out.println(told);
    }
  }

  /** The numbers of a file that numpy saved, behind their header. */
  private static ByteBuffer numbers(Path path) throws IOException {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      ByteBuffer all = file.map(FileChannel.MapMode.READ_ONLY, 0, file.size());
      all.order(ByteOrder.LITTLE_ENDIAN);
      return all.position(10 + all.getShort(8)).slice().order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  /** The terms of one passage, their numbers as words. */
  private static final class Ids extends TokenStream {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final ByteBuffer terms;
    private final int end;
    private int next;

    Ids(ByteBuffer terms, int start, int end) {
      this.terms = terms;
      this.next = start;
      this.end = end;
    }

    @Override
    public boolean incrementToken() {
      clearAttributes();
      if (next == end) {
        return false;
      }
      term.append(Integer.toString(terms.getInt(4 * next++)));
      return true;
    }
  }
}
