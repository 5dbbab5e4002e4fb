// Precompiled once for the C++ programs that include the whole standard library.
#include <bits/stdc++.h>
