dnl SPDX-License-Identifier: GPL-3.0-or-later
dnl Checks of Hearken's own, so that configure.ac reads as a list.

# HEARKEN_KEEP_CORE
# -----------------
# A configure script runs `rm -f core ...` after each of its checks and when
# it ends, to clear away core dumps.  On a source or build tree whose folder
# core/ holds the domain code that fails and leaves confdefs.h behind.  This
# shell function drops the operand `core` from such calls.
AC_DEFUN([HEARKEN_KEEP_CORE],
[rm ()
{
  if test "x$[]1" = "x-f" && test "x$[]2" = "xcore"; then
    shift; shift
    command rm -f "$[]@"
  else
    command rm "$[]@"
  fi
}])

# HEARKEN_ICONV
# -------------
# iconv in the C library, or GNU libiconv (whose header renames the calls).
AC_DEFUN([HEARKEN_ICONV],
[AC_CACHE_CHECK([for the library with iconv], [hearken_cv_lib_iconv],
  [hearken_cv_lib_iconv=missing
  hearken_save_LIBS=$LIBS
  for hearken_lib in "" -liconv; do
    LIBS="$hearken_lib $hearken_save_LIBS"
    AC_LINK_IFELSE([AC_LANG_PROGRAM([[#include <iconv.h>]],
      [[return iconv_open("UTF-8", "UTF-16") == (iconv_t)-1;]])],
      [AS_IF([test -z "$hearken_lib"],
        [hearken_cv_lib_iconv="none needed"],
        [hearken_cv_lib_iconv=$hearken_lib])
      break])
  done
  LIBS=$hearken_save_LIBS])
AS_CASE([$hearken_cv_lib_iconv],
  [missing], [AC_MSG_ERROR([iconv is missing: install GNU libiconv])],
  ["none needed"], [ICONV_LIBS=],
  [ICONV_LIBS=$hearken_cv_lib_iconv])
AC_SUBST([ICONV_LIBS])])
