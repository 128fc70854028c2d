/* Stands in for OpenBLAS in NumPy's wheel, 28 MB tuned to large matrices: Visage multiplies a few
 * points by a transform. Sums and products of real numbers, as the BLAS Technical Forum Standard
 * defines them, with NumPy's names and 64-bit sizes; strides are positive, as NumPy passes them.
 */

enum { ROW_MAJOR = 101, NOT_TRANSPOSED = 111, UPPER = 121 };

/* Element (i, j) of a matrix, whatever its order and whether it is meant transposed. */
#define AT(matrix, leading, by_row, i, j) matrix[(by_row) ? (i) * (leading) + (j) : (j) * (leading) + (i)]

#define BLAS(T, p)                                                                               \
    T scipy_cblas_##p##dot64_(long n, const T *x, long step_x, const T *y, long step_y)          \
    {                                                                                            \
        double sum = 0;                                                                          \
        for (long i = 0; i < n; i++) sum += (double)x[i * step_x] * y[i * step_y];               \
        return (T)sum;                                                                           \
    }                                                                                            \
                                                                                                 \
    void scipy_cblas_##p##axpy64_(long n, T a, const T *x, long step_x, T *y, long step_y)       \
    {                                                                                            \
        for (long i = 0; i < n; i++) y[i * step_y] += a * x[i * step_x];                         \
    }                                                                                            \
                                                                                                 \
    void scipy_cblas_##p##gemm64_(int order, int trans_a, int trans_b, long m, long n, long k,   \
                                  T alpha, const T *a, long lead_a, const T *b, long lead_b,     \
                                  T beta, T *c, long lead_c)                                     \
    {                                                                                            \
        int rows = order == ROW_MAJOR;                                                           \
        int rows_a = rows == (trans_a == NOT_TRANSPOSED);                                        \
        int rows_b = rows == (trans_b == NOT_TRANSPOSED);                                        \
        for (long i = 0; i < m; i++)                                                             \
            for (long j = 0; j < n; j++) {                                                       \
                double sum = 0;                                                                  \
                for (long l = 0; l < k; l++)                                                     \
                    sum += (double)AT(a, lead_a, rows_a, i, l) * AT(b, lead_b, rows_b, l, j);    \
                T *to = &AT(c, lead_c, rows, i, j);                                              \
                *to = (T)(alpha * sum + (beta == 0 ? 0 : beta * *to));                           \
            }                                                                                    \
    }                                                                                            \
                                                                                                 \
    void scipy_cblas_##p##gemv64_(int order, int trans, long m, long n, T alpha, const T *a,     \
                                  long lead_a, const T *x, long step_x, T beta, T *y,            \
                                  long step_y)                                                   \
    {                                                                                            \
        int rows = (order == ROW_MAJOR) == (trans == NOT_TRANSPOSED);                            \
        long height = trans == NOT_TRANSPOSED ? m : n, width = trans == NOT_TRANSPOSED ? n : m;  \
        for (long i = 0; i < height; i++) {                                                      \
            double sum = 0;                                                                      \
            for (long j = 0; j < width; j++)                                                     \
                sum += (double)AT(a, lead_a, rows, i, j) * x[j * step_x];                        \
            T *to = &y[i * step_y];                                                              \
            *to = (T)(alpha * sum + (beta == 0 ? 0 : beta * *to));                               \
        }                                                                                        \
    }                                                                                            \
                                                                                                 \
    void scipy_cblas_##p##syrk64_(int order, int part, int trans, long n, long k, T alpha,       \
                                  const T *a, long lead_a, T beta, T *c, long lead_c)            \
    {                                                                                            \
        int rows = order == ROW_MAJOR;                                                           \
        int rows_a = rows == (trans == NOT_TRANSPOSED);                                          \
        for (long i = 0; i < n; i++)                                                             \
            for (long j = part == UPPER ? i : 0; j < (part == UPPER ? n : i + 1); j++) {         \
                double sum = 0;                                                                  \
                for (long l = 0; l < k; l++)                                                     \
                    sum += (double)AT(a, lead_a, rows_a, i, l) * AT(a, lead_a, rows_a, j, l);    \
                T *to = &AT(c, lead_c, rows, i, j);                                              \
                *to = (T)(alpha * sum + (beta == 0 ? 0 : beta * *to));                           \
            }                                                                                    \
    }

BLAS(float, s)
BLAS(double, d)
