/// What keeps a disk from being written, until somebody mends it.
package enum DiskTrouble: Sendable {
    /// No room is left. What fits into pages that a file has already is still written; of a write that fails there is nothing.
    case full
    /// Writes fail below the file system: of one that failed there may be some part from the front.
    case failing
}
