/// Something was written that no log can hold: a fault of whoever wrote it.
struct DiskFault: Error {
    let what: String

    init(_ what: String) { self.what = what }
}
