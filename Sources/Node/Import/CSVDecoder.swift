/// CSV as in RFC 4180 with a header: quotes, doubled quotes, `CRLF` or `LF`, line breaks within quotes.
///
/// The columns `screenName` and `accountID` are found by name in any order and spelling of case; other columns are
/// ignored, so that an export can be imported again. Empty lines are skipped.
package struct CSVDecoder: Sendable {
    private var lines = LineSplitter(limit: ImportLimits.lineBytes)
    private var columns: Columns?
    /// A record whose quotes are still open, with the line on which it began.
    private var open: (line: Int, bytes: [UInt8])?

    private struct Columns {
        var screenName: Int
        var accountID: Int?
        var count: Int
    }

    package init() {}

    mutating func push(
        _ chunk: UnsafeBufferPointer<UInt8>, into batch: inout ImportBatch
    ) throws(ImportError) {
        var lines = self.lines
        defer { self.lines = lines }
        try lines.push(chunk) { (line) throws(ImportError) in try read(line, into: &batch) }
    }

    mutating func finish(into batch: inout ImportBatch) throws(ImportError) {
        var lines = self.lines
        defer { self.lines = lines }
        try lines.finish { (line) throws(ImportError) in try read(line, into: &batch) }
        if let unfinished = open {
            open = nil
            guard columns != nil else { throw ImportError.header("the header's quotes are not closed") }
            batch.refuse(unfinished.line, unfinished.bytes, .malformedRow)
        }
        if columns == nil { throw ImportError.header("there is no header") }
    }

    private mutating func read(_ line: LineSplitter.Line, into batch: inout ImportBatch) throws(ImportError) {
        if line.isTooLong {
            let number = open?.line ?? line.number
            open = nil
            guard columns != nil else { throw ImportError.header("the header is too long") }
            return batch.refuse(number, line.bytes, .lineTooLong)
        }
        let hasQuotes = line.bytes.contains(UInt8(ascii: "\""))
        if open == nil, !hasQuotes {
            return try record(CSVRecord(plain: line.bytes), line: line.number, line.bytes, into: &batch)
        }
        var pending = open ?? (line.number, [])
        open = nil
        if !pending.bytes.isEmpty { pending.bytes.append(UInt8(ascii: "\n")) }
        pending.bytes.append(contentsOf: line.bytes)
        if pending.bytes.count(where: { $0 == UInt8(ascii: "\"") }) % 2 == 1 {
            guard pending.bytes.count <= ImportLimits.lineBytes else {
                guard columns != nil else { throw ImportError.header("the header is too long") }
                return batch.refuse(pending.line, pending.bytes, .lineTooLong)
            }
            open = pending
            return
        }
        let result: Result<Void, ImportError> = pending.bytes.withUnsafeBufferPointer { bytes in
            do throws(ImportError) {
                let whole = CSVRecord(quoted: bytes)
                return .success(try record(whole, line: pending.line, bytes, into: &batch))
            } catch {
                return .failure(error)
            }
        }
        try result.get()
    }

    private mutating func record(
        _ record: CSVRecord?, line: Int, _ bytes: UnsafeBufferPointer<UInt8>, into batch: inout ImportBatch
    ) throws(ImportError) {
        guard let columns else {
            if bytes.isEmpty { return }
            self.columns = try Self.header(record)
            return
        }
        if bytes.isEmpty { return }
        guard let record, record.count <= columns.count, let name = record[columns.screenName] else {
            return batch.refuse(line, bytes, .malformedRow)
        }
        // An empty field is an id that is not known.
        let id = columns.accountID.flatMap { record[$0] } ?? ""
        batch.judge(name, id.isEmpty ? nil : id, line: line)
    }

    private static func header(_ record: CSVRecord?) throws(ImportError) -> Columns {
        guard let record else { throw ImportError.header("the header is not CSV") }
        guard record.count <= ImportLimits.columns else {
            throw ImportError.header("more than \(ImportLimits.columns) columns")
        }
        var found: [String: Int] = [:]
        for index in 0..<record.count {
            let name = record[index]?.lowercased() ?? ""
            guard name == "screenname" || name == "accountid" else { continue }
            guard found.updateValue(index, forKey: name) == nil else {
                throw ImportError.header("a column appears twice")
            }
        }
        guard let screenName = found["screenname"] else { throw ImportError.header("no column screenName") }
        return Columns(screenName: screenName, accountID: found["accountid"], count: record.count)
    }
}
