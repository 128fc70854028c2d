/* Stands in for OpenBLAS, of which OpenCV's wheel brings 39 MB for large matrices to be solved.
 * Visage solves none. Should OpenCV ever ask after all, the program ends with the reason; should
 * it need a name that is not here, it does not load, and the self-check of the build fails.
 */
#include <stdio.h>
#include <stdlib.h>

#define LEFT_OUT(name)                                                          \
    void name(void)                                                             \
    {                                                                           \
        fputs("OpenCV asked for " #name ", which Visage leaves out\n", stderr); \
        abort();                                                                \
    }

LEFT_OUT(cblas_cgemm)
LEFT_OUT(cblas_dgemm)
LEFT_OUT(cblas_sgemm)
LEFT_OUT(cblas_zgemm)
LEFT_OUT(dgeev_)
LEFT_OUT(dgels_)
LEFT_OUT(dgeqrf_)
LEFT_OUT(dgesdd_)
LEFT_OUT(dgesv_)
LEFT_OUT(dgetrf_)
LEFT_OUT(dposv_)
LEFT_OUT(dpotrf_)
LEFT_OUT(sgels_)
LEFT_OUT(sgeqrf_)
LEFT_OUT(sgesdd_)
LEFT_OUT(sgesv_)
LEFT_OUT(sgetrf_)
LEFT_OUT(sposv_)
LEFT_OUT(spotrf_)
