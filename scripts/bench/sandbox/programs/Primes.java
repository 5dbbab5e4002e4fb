import java.util.ArrayList;
import java.util.List;

public class Primes {
  static List<Integer> primes(int below) {
    boolean[] composite = new boolean[below];
    List<Integer> found = new ArrayList<>();
    for (int n = 2; n < below; n++) {
      if (composite[n]) continue;
      found.add(n);
      for (int multiple = n * n; multiple < below; multiple += n) composite[multiple] = true;
    }
    return found;
  }

  public static void main(String[] arguments) {
    assert primes(10_000).size() == 1229;
  }
}
