/// What a fault needs of the machine, beyond processes and signals. The text says what is missing where it is.
enum Need: String, Sendable {
    case cuts = "network namespaces, or loopback addresses and /proc for a proxy (Linux)"
    case mounts = "a mount table of its own"
    case throttle = "the blkio controller of version 1 control groups, as root"
    case fakeClock = "libfaketime"
}
