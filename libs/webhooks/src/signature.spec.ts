import { newWebhookSecret, signaturesOf } from './signature.js';

it('signs as the Standard Webhooks specification shows it', () => {
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
  expect(signaturesOf([secret], id, 1614265330, '{"test": 2432232314}')).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});

it('signs with each of two secrets while one takes the place of the other', () => {
  const [former, present] = [newWebhookSecret(), newWebhookSecret()];
  const both = signaturesOf([present, former], 'e1', 1, '{}').split(' ');
  expect(both).toEqual([signaturesOf([present], 'e1', 1, '{}'), signaturesOf([former], 'e1', 1, '{}')]);
  expect(new Set(both).size).toBe(2);
});

it('covers the id, the moment and every byte of the body', () => {
  const secret = newWebhookSecret();
  const signed = [
    signaturesOf([secret], 'a', 1, '{}'),
    signaturesOf([secret], 'b', 1, '{}'),
    signaturesOf([secret], 'a', 2, '{}'),
    signaturesOf([secret], 'a', 1, '{ }'),
  ];
  expect(new Set(signed).size).toBe(4);
});
