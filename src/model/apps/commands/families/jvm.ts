import {
  type Call,
  type CommandListeners,
  type Given,
  listensAt,
  optionValues,
  portOf,
  variableOf,
} from '../call.ts';

/**
 * A Spring application takes its port from its arguments, then from Java's properties, then from the environment.
 * https://docs.spring.io/spring-boot/reference/features/external-config.html
 */
export function listenersOfJava({ args, environment }: Call): CommandListeners {
  const told = (name: string): Given | undefined =>
    optionValues(args, [`--${name}`]).at(-1) ?? optionValues(args, [`-D${name}`]).at(-1);
  const variable = variableOf(environment, ['SERVER_PORT']);
  const given = told('server.port') ?? optionValues(args, ['--httpPort']).at(-1);
  const port = given ?? variable;
  const host = told('server.address');
  const number = port && !port.isUnknown && !host?.isUnknown ? portOf(port.text) : undefined;
  if (!port || number === undefined) return { kind: 'unplaced' };
  const isTls = args.some(({ text }) => /^(?:--|-D)server\.ssl\./.test(text));
  return listensAt(
    { kind: 'tcp', host: host?.text ?? '*', port: number },
    {
      protocol: isTls ? 'https' : 'http',
      // A key of its file of properties turns TLS on as well.
      isProtocolGuessed: true,
      span: port.span,
      ...(!given && { doubt: `the program does not read SERVER_PORT` }),
    },
  );
}
