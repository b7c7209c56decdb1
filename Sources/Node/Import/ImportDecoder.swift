/// Reads a stream of users that arrives in chunks of any size, in memory that does not grow with its length.
package enum ImportDecoder: Sendable {
    case ndjson(NDJSONDecoder)
    case csv(CSVDecoder)

    /// Adds the rows that this chunk completes to the batch.
    package mutating func push(_ chunk: UnsafeRawBufferPointer, into batch: inout ImportBatch) throws(ImportError) {
        let bytes = chunk.assumingMemoryBound(to: UInt8.self)
        switch consume self {
        case .ndjson(var decoder):
            decoder.push(bytes, into: &batch)
            self = .ndjson(decoder)
        case .csv(var decoder):
            defer { self = .csv(decoder) }
            try decoder.push(bytes, into: &batch)
        }
    }

    /// The stream has ended: adds a last row without a line's end.
    package mutating func finish(into batch: inout ImportBatch) throws(ImportError) {
        switch consume self {
        case .ndjson(var decoder):
            decoder.finish(into: &batch)
            self = .ndjson(decoder)
        case .csv(var decoder):
            defer { self = .csv(decoder) }
            try decoder.finish(into: &batch)
        }
    }
}
