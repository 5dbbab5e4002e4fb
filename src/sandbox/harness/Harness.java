package understudy;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

/**
 * Calls `main` of the first class given that has one and, where it returned, passes the nonce from descriptor 3 to
 * descriptor 4. System.exit and an exception never come back here.
 */
public final class Harness {
  public static void main(String[] classes) throws Exception {
    Method main = findMain(classes);
    try {
      main.invoke(null, (Object) new String[0]);
    } catch (InvocationTargetException thrown) {
      System.err.print("Exception in thread \"main\" ");
      thrown.getCause().printStackTrace();
      System.exit(1);
    }
    byte[] nonce = new byte[4096];
    int length = new FileInputStream(descriptor(3)).read(nonce);
    if (length > 0) new FileOutputStream(descriptor(4)).write(nonce, 0, length);
  }

  private static Method findMain(String[] classes) throws ClassNotFoundException {
    for (String name : classes) {
      try {
        Method main = Class.forName(name, false, Harness.class.getClassLoader()).getDeclaredMethod("main", String[].class);
        if (Modifier.isStatic(main.getModifiers())) {
          main.setAccessible(true);
          return main;
        }
      } catch (NoSuchMethodException another) {
        continue;
      }
    }
    System.err.println("no class has a method `static void main(String[])`");
    System.exit(1);
    throw new AssertionError();
  }

  /** Java opens descriptors by number only through this constructor; `/dev/fd` cannot open a socket. */
  private static FileDescriptor descriptor(int number) throws ReflectiveOperationException {
    Constructor<FileDescriptor> constructor = FileDescriptor.class.getDeclaredConstructor(int.class);
    constructor.setAccessible(true);
    return constructor.newInstance(number);
  }
}
