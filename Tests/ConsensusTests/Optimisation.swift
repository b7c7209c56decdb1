/// Whether the tests were built with optimisation, and so have time for all they can do.
var isOptimised: Bool {
    #if DEBUG
        false
    #else
        true
    #endif
}
